import type { Instant } from '../../../core/units/instant.ts'
import type { ObjectStore } from '../store/object-store.ts'
import type { NodeEndpoints } from './node-endpoint.ts'

/** A cluster that the lab serves. */
export interface LabCluster {
  store: ObjectStore
  endpoints: NodeEndpoints
  now: () => Instant
  /** `v1.20.2`. */
  version: string
}
