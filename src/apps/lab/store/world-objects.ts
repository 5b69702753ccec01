import { ApiRefusal } from './api-refusal.ts'
import type { ObjectChange } from './change-history.ts'
import type { KubernetesObject } from './kubernetes-object.ts'
import type { ObjectStore } from './object-store.ts'

/**
 * The store as the simulated controllers and kubelets write to it: they act on what they have just read, so what is
 * gone, or another object by now, is left alone.
 */
export function worldObjects(store: ObjectStore) {
  return {
    list: <T extends KubernetesObject>(resource: string) => store.list(resource) as readonly T[],
    get: <T extends KubernetesObject>(resource: string, namespace: string | undefined, name: string) =>
      store.get(resource, namespace, name) as T | undefined,
    create(resource: string, object: KubernetesObject): void {
      unlessOutdated(() => store.create(resource, object))
    },
    update(resource: string, object: KubernetesObject): void {
      const { resourceVersion: _, ...metadata } = object.metadata
      unlessOutdated(() => store.update(resource, { ...object, metadata }))
    },
    /** `now` skips the grace period. */
    remove(resource: string, namespace: string | undefined, name: string, now?: 'now'): void {
      const options = now === undefined ? {} : { gracePeriodSeconds: 0 }
      unlessOutdated(() => store.remove(resource, namespace, name, options))
    },
    onChange: (listener: (change: ObjectChange) => void) => store.onChange(listener),
  }
}

function unlessOutdated(act: () => unknown): void {
  try {
    act()
  } catch (failure) {
    if (!(failure instanceof ApiRefusal)) throw failure
  }
}
