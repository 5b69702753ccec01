import type { Victim } from './action.ts'
import type { SimulationState } from './simulated-kubelet.ts'
import { podVictim } from './victims.ts'
import type { SimulatedPod } from './world.ts'

/**
 * Whom an eviction takes that begins with the first of a group of pods that tie (semantics §3.7): undefined for
 * the one that it is for certain. Another may have gone in an earlier pass, so that all that tied then are named.
 */
export function tiedVictims(
  { tiedPods }: SimulationState,
  group: readonly SimulatedPod[],
): ReadonlyMap<string, Victim> | undefined {
  const wereTied = group.some(({ uid }) => tiedPods.has(uid))
  if (group.length === 1 && !wereTied) return undefined
  return new Map([...(wereTied ? tiedPods : []), ...group.map((pod) => [pod.uid, podVictim(pod)] as const)])
}

/** The pods that tied, as long as not all of them are evicted: then it makes no difference any more who was first. */
export function stillTied(
  { tiedPods, effects }: SimulationState,
  more: ReadonlyMap<string, Victim> | undefined,
): SimulationState['tiedPods'] {
  const tied = more ? new Map([...tiedPods, ...more]) : tiedPods
  return [...tied.keys()].every((uid) => effects.evicted.has(uid)) ? new Map() : tied
}
