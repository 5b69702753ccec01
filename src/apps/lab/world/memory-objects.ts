import { isEnded, type LabObject, type PodObject } from './objects.ts'
import type { Agenda } from './agenda.ts'
import type { Chance } from './chance.ts'
import { toSeconds } from './kubernetes-time.ts'
import type { LabObjects, ObjectChange } from './lab-objects.ts'

/** Objects kept in memory, with what the API server itself does: ids, times, finalizers and grace periods. */
export function memoryObjects(agenda: Agenda, chance: Chance): LabObjects {
  const resources = new Map<string, Map<string, LabObject>>()
  const listeners = new Set<(change: ObjectChange) => void>()
  const of = (resource: string) => {
    const known = resources.get(resource) ?? new Map<string, LabObject>()
    resources.set(resource, known)
    return known
  }
  const tell = (change: ObjectChange) => listeners.forEach((listener) => listener(change))

  function drop(resource: string, key: string, object: LabObject): void {
    of(resource).delete(key)
    tell({ type: 'DELETED', resource, object })
  }

  return {
    list: (resource) => [...of(resource).values()] as never[],
    get: (resource, namespace, name) => of(resource).get(keyOf(namespace, name)) as never,
    create(resource, object) {
      const { metadata } = object
      const key = keyOf(metadata.namespace, metadata.name)
      if (of(resource).has(key)) return
      const made = {
        ...object,
        metadata: { uid: chance.uid(), creationTimestamp: toSeconds(agenda.now()), ...metadata },
      }
      of(resource).set(key, made)
      tell({ type: 'ADDED', resource, object: made })
    },
    update(resource, object) {
      const { metadata } = object
      const key = keyOf(metadata.namespace, metadata.name)
      const before = of(resource).get(key)
      if (!before || (metadata.uid !== undefined && before.metadata.uid !== metadata.uid)) return
      if (metadata.deletionTimestamp !== undefined && resource !== 'pods' && !metadata.finalizers?.length) {
        return drop(resource, key, object)
      }
      of(resource).set(key, object)
      tell({ type: 'MODIFIED', resource, object, before })
    },
    remove(resource, namespace, name, now) {
      const key = keyOf(namespace, name)
      const object = of(resource).get(key)
      if (!object) return
      const grace = now === 'now' || resource !== 'pods' ? 0 : graceOf(object as PodObject)
      const isHeld = (object.metadata.finalizers?.length ?? 0) > 0
      if (grace === 0 && !isHeld) return drop(resource, key, object)
      if (object.metadata.deletionTimestamp !== undefined) return
      const metadata = {
        ...object.metadata,
        deletionTimestamp: toSeconds(agenda.now() + grace * 1000),
        deletionGracePeriodSeconds: grace,
      }
      const marked = { ...object, metadata }
      of(resource).set(key, marked)
      tell({ type: 'MODIFIED', resource, object: marked, before: object })
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A pod that has ended, or was never on a node, is deleted at once. */
function graceOf(pod: PodObject): number {
  if (pod.spec.nodeName === undefined || isEnded(pod)) return 0
  return pod.spec.terminationGracePeriodSeconds ?? 30
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`
}
