import type { Instant } from '../../../core/units/instant.ts'
import type { KubernetesObject } from '../store/kubernetes-object.ts'

/** Which lines of the log of a container a client wants. */
export interface PodLogRequest {
  container: string
  previous: boolean
  after: Instant
  /** Of the last lines. */
  most: number
}

/** Oldest first; over once no more can come. */
export interface PodLogAnswer {
  lines: readonly { at: Instant; text: string }[]
  isOver: boolean
}

/** A node's kubelet as the API server reaches it; undefined stands for what it does not have. */
export interface NodeEndpoint {
  /** `stats/summary`, as JSON. */
  summary?(): object | undefined
  configz?(): object | undefined
  /** In the text format of Prometheus. */
  metrics?(): string | undefined
  /** `ok`, or what is wrong. */
  healthz?(): string
  /** A file below /var/log. */
  logFile?(path: string): Buffer | string | undefined
  /** Names in a folder below /var/log, folders with a slash at the end. */
  logFolder?(path: string): readonly string[] | undefined
  podLog?(pod: KubernetesObject, request: PodLogRequest): PodLogAnswer | undefined
}

/** Finds the kubelet of a node; undefined when it does not answer. */
export type NodeEndpoints = (nodeName: string) => NodeEndpoint | undefined
