import type { KubernetesObject } from './kubernetes-object.ts'

/** One change of an object, as a watch tells it. */
export interface ObjectChange {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  /** As `resourceKey` has it. */
  resource: string
  revision: number
  object: KubernetesObject
  /** As it was; absent for a new one. */
  before?: KubernetesObject | undefined
}

/** The last changes of each resource; older ones are forgotten, as by etcd's compaction. */
export interface ChangeHistory {
  record(change: ObjectChange): void
  /** Oldest first; undefined when some of them are forgotten. */
  after(resource: string, revision: number): readonly ObjectChange[] | undefined
  compact(revision: number): void
}

/** @param most changes kept of one resource */
export function changeHistory(most: number): ChangeHistory {
  const kept = new Map<string, ObjectChange[]>()
  const forgotten = new Map<string, number>()
  let compactedAt = 0
  return {
    record(change) {
      const changes = kept.get(change.resource) ?? []
      kept.set(change.resource, changes)
      changes.push(change)
      if (changes.length < 2 * most) return
      const dropped = changes.splice(0, changes.length - most)
      forgotten.set(change.resource, dropped.at(-1)?.revision ?? 0)
    },
    after(resource, revision) {
      if (revision < Math.max(compactedAt, forgotten.get(resource) ?? 0)) return undefined
      const changes = kept.get(resource) ?? []
      return changes.slice(changes.findLastIndex((change) => change.revision <= revision) + 1)
    },
    compact(revision) {
      compactedAt = revision
      kept.clear()
    },
  }
}
