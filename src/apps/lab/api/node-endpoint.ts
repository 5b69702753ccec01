import type { KubernetesObject } from '../store/kubernetes-object.ts'

/** What a client wants of the log of a container (`PodLogOptions`). */
export interface PodLogRequest {
  container: string
  tailLines?: number
  sinceSeconds?: number
  limitBytes?: number
  previous: boolean
  timestamps: boolean
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
  podLog?(pod: KubernetesObject, request: PodLogRequest): string | undefined
}

/** Finds the kubelet of a node; undefined when it does not answer. */
export type NodeEndpoints = (nodeName: string) => NodeEndpoint | undefined
