import type { Duration } from '../../units/duration.ts'

/** The settings of container garbage collection, which only flags of the kubelet carry (semantics §2.1, all versions). */
export interface ContainerGcPolicy {
  /** Milliseconds since the creation, not since the exit: what ran for a week is old the moment it dies. */
  minimumAge: Duration
  /** Dead containers kept of each container of each pod; negative for no limit. */
  maxPerPodContainer: number
  /** Dead containers kept on the node; negative for no limit. */
  maxContainers: number
}

/** What holds where no flag says otherwise (semantics §2.1, all versions). */
export const DEFAULT_CONTAINER_GC_POLICY: ContainerGcPolicy = {
  minimumAge: 0,
  maxPerPodContainer: 1,
  maxContainers: -1,
}
