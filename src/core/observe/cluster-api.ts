import type { KubeletConfiguration } from '../kubernetes/kubelet-configuration.ts'
import type { MetricSample } from '../kubernetes/metrics-text.ts'
import type { ObjectOf, ResourceName } from '../kubernetes/resources.ts'
import type { Summary } from '../kubernetes/summary.ts'
import type { Gap } from './gap.ts'
import type { WatchedObjects } from './watched-objects.ts'

/** What was asked for, or why it could not be had. */
export type Answer<T> = { value: T; gap?: undefined } | { value?: undefined; gap: Gap }

/** All objects of a resource at one instant of the server. */
export interface Listing<T> {
  objects: readonly T[]
  /** Where a watch continues. */
  resourceVersion: string
  /** Objects that are there but could not be understood; they are left out. */
  unreadable: number
}

/** A piece of a file below `/var/log` of a node. */
export interface LogPiece {
  bytes: Uint8Array
  /** The size of the whole file, where the kubelet says it. */
  sizeBytes?: number
}

/** What a kubelet says of itself and its node. One that hangs delays no other. */
export interface NodeProxy {
  /** `/stats/summary`. */
  summary(node: string): Promise<Answer<Summary>>
  /** `/configz`: the configuration in effect. */
  configz(node: string): Promise<Answer<KubeletConfiguration>>
  /** `/metrics`: the samples of the families that a patrol reads, see `KUBELET_METRICS`. */
  metrics(node: string): Promise<Answer<readonly MetricSample[]>>
  /** `/logs/{file}` from a byte on (negative: that many from the end), at most so many bytes. */
  log(node: string, file: string, fromByte: number, mostBytes: number): Promise<Answer<LogPiece>>
}

/** A Kubernetes API server, read only. Nothing of it throws: what cannot be had is a gap. */
export interface ClusterApi {
  list<N extends ResourceName>(resource: N): Promise<Answer<Listing<ObjectOf<N>>>>
  watch<N extends ResourceName>(resource: N): WatchedObjects<ObjectOf<N>>
  readonly nodes: NodeProxy
  /** Ends what is under way and lets go of connections. */
  close(): Promise<void>
}
