/** The metadata of an object, as much of it as the store itself reads or sets; times are RFC 3339. */
export interface ObjectMetadata {
  name: string
  namespace?: string
  generateName?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  creationTimestamp?: string
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  labels?: Record<string, string>
  annotations?: Record<string, string>
  finalizers?: string[]
  ownerReferences?: OwnerReference[]
  [field: string]: unknown
}

export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

/** An object of the API. The store knows its metadata; who reads more says of which type it is. */
export interface KubernetesObject {
  apiVersion: string
  kind: string
  metadata: ObjectMetadata
  spec?: unknown
  status?: unknown
  [field: string]: unknown
}

/** An object to be made: its name may be left to the store (`generateName`). */
export interface NewObject {
  metadata: Partial<ObjectMetadata>
  [field: string]: unknown
}

/** A part of an object as a record; empty when it is none. */
export function recordOf(part: unknown): Record<string, unknown> {
  return typeof part === 'object' && part !== null && !Array.isArray(part)
    ? (part as Record<string, unknown>)
    : {}
}
