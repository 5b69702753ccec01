import type { Freed } from '../../kubelet/image-gc/freeing.ts'
import type { Instant } from '../../units/instant.ts'
import type { Victim } from './action.ts'
import type { SimulationState } from './simulated-kubelet.ts'
import { imageVictim, podVictim } from './victims.ts'
import type { Effects, SimulatedPod, World } from './world.ts'

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

/**
 * The images that go, or others in their stead, because a pod was evicted that tied with others: those whose
 * last user it was, and those whose last user is one that may have been evicted instead. Empty while nothing tied.
 */
export function imagesOfTiedPods(
  { removed }: Freed,
  { tiedPods, tiedImages, effects, images }: SimulationState,
  world: World,
  at: Instant,
): ReadonlyMap<string, Victim> {
  if (tiedPods.size === 0) return tiedImages
  const uids = [...tiedPods.keys()]
  const inUseIf = (evicted: Effects['evicted']) => world.imagesInUse(at, { ...effects, evicted }, undefined)
  const ifNone = inUseIf(new Map([...effects.evicted].filter(([uid]) => !tiedPods.has(uid))))
  const ifAll = inUseIf(new Map([...effects.evicted, ...uids.map((uid) => [uid, -Infinity] as const)]))
  const instead = images.records.filter(({ id, isInUse }) => isInUse && ifNone.has(id) && !ifAll.has(id))
  const perhaps = removed.filter(({ id }) => ifNone.has(id))
  if (perhaps.length === 0) return tiedImages
  return new Map([
    ...tiedImages,
    ...[...perhaps, ...instead].map((image) => [image.id, imageVictim(image, world)] as const),
  ])
}
