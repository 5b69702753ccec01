import type { Scenario } from '../scenario.ts'
import { airGappedDiskFull } from './air-gapped-disk-full.ts'
import { evictedForItsLog } from './evicted-for-its-log.ts'
import { fleetLogStorm } from './fleet-log-storm.ts'
import { fleetThreeSick } from './fleet-three-sick.ts'
import { healthyCluster } from './healthy-cluster.ts'
import { imageChurn } from './image-churn.ts'
import { inodeExhaustion } from './inode-exhaustion.ts'
import { logFlood } from './log-flood.ts'
import { orphanedPods } from './orphaned-pods.ts'

/** All scenarios of the lab, the one that it begins with first. */
export const SCENARIOS: readonly Scenario[] = [
  airGappedDiskFull,
  evictedForItsLog,
  logFlood,
  imageChurn,
  inodeExhaustion,
  orphanedPods,
  healthyCluster,
  fleetThreeSick,
  fleetLogStorm,
]
