import { ApiRefusal } from './api-refusal.ts'
import type { LabObjects, ObjectChange } from '../world/lab-objects.ts'
import type { KubernetesObject } from './kubernetes-object.ts'
import type { ObjectStore } from './object-store.ts'

/**
 * The store as the simulated controllers and kubelets write to it: they act on what they have just read, so what is
 * gone, or another object by now, is left alone.
 */
export function worldObjects(store: ObjectStore): LabObjects {
  return {
    list: (resource) => store.list(resource) as never[],
    get: (resource, namespace, name) => store.get(resource, namespace, name) as never,
    create(resource, object) {
      unlessOutdated(() => store.create(resource, object))
    },
    update(resource, object) {
      const { resourceVersion: _, ...metadata } = object.metadata as KubernetesObject['metadata']
      unlessOutdated(() => store.update(resource, { ...object, metadata }))
    },
    remove(resource, namespace, name, now) {
      const options = now === undefined ? {} : { gracePeriodSeconds: 0 }
      unlessOutdated(() => store.remove(resource, namespace, name, options))
    },
    // What else is served, the world takes no notice of.
    onChange: (listener) => store.onChange((change) => listener(change as ObjectChange)),
  }
}

function unlessOutdated(act: () => unknown): void {
  try {
    act()
  } catch (failure) {
    if (!(failure instanceof ApiRefusal)) throw failure
  }
}
