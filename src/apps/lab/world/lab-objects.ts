import type { LabObject } from './objects.ts'

/** What is told of a change of the objects. */
export interface ObjectChange {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  /** Plural: `pods`, `statefulsets`. */
  resource: string
  object: LabObject
  before?: LabObject | undefined
}

/** The objects of the simulated cluster, as the kubelets and controllers of the lab read and write them. */
export interface LabObjects {
  list<T extends LabObject>(resource: string): readonly T[]
  get<T extends LabObject>(resource: string, namespace: string | undefined, name: string): T | undefined
  create(resource: string, object: LabObject): void
  /** Replaces an object that is still there and has this UID; another one is left alone. */
  update(resource: string, object: LabObject): void
  /** As `kubectl delete` does: with finalizers, or a pod's grace period, it is only marked. `now` skips the grace period. */
  remove(resource: string, namespace: string | undefined, name: string, now?: 'now'): void
  onChange(listener: (change: ObjectChange) => void): () => void
}
