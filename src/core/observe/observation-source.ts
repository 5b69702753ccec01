import type { Instant } from '../units/instant.ts'
import type { Observation } from './observation.ts'

/** Where a patrol's observations come from: a cluster, a node, a recording. */
export interface ObservationSource {
  /**
   * What is known at this instant. Log facts and readings are those since the last call, which must
   * not be later.
   * @throws {KubepatrolError} when nothing at all can be observed.
   */
  observe(at: Instant): Promise<Observation>
}
