import type {
  ClaimObject,
  EventObject,
  LabObject,
  NodeObject,
  PodObject,
  VolumeObject,
  WorkloadObject,
} from './objects.ts'

/** The resources of the simulated cluster, by the plural of their kind. */
export interface LabResources {
  nodes: NodeObject
  pods: PodObject
  persistentvolumeclaims: ClaimObject
  persistentvolumes: VolumeObject
  storageclasses: LabObject
  volumeattachments: LabObject
  statefulsets: WorkloadObject
  replicasets: WorkloadObject
  daemonsets: WorkloadObject
  events: EventObject
  leases: LabObject
  namespaces: LabObject
}

/** What is told of a change of the objects. */
export interface ObjectChange {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  /** Plural: `pods`, `statefulsets`. */
  resource: keyof LabResources
  object: LabObject
  before?: LabObject | undefined
}

/** The objects of the simulated cluster, as the kubelets and controllers of the lab read and write them. */
export interface LabObjects {
  list<R extends keyof LabResources>(resource: R): readonly LabResources[R][]
  get<R extends keyof LabResources>(
    resource: R,
    namespace: string | undefined,
    name: string,
  ): LabResources[R] | undefined
  create(resource: keyof LabResources, object: LabObject): void
  /** Replaces an object that is still there and has this UID; another one is left alone. */
  update(resource: keyof LabResources, object: LabObject): void
  /** As `kubectl delete` does: with finalizers, or a pod's grace period, it is only marked. `now` skips the grace period. */
  remove(resource: keyof LabResources, namespace: string | undefined, name: string, now?: 'now'): void
  onChange(listener: (change: ObjectChange) => void): () => void
}
