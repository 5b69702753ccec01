import type { NodeObservation } from '../../core/observe/observation.ts'
import type { Gap } from '../../core/observe/gap.ts'
import type { NodePlaces } from '../../core/observe/attribution/known-places.ts'
import type { Duration } from '../../core/units/duration.ts'
import type { Instant } from '../../core/units/instant.ts'
import { attributeDisks, type Attributed, type DiskWalker } from './attribute-disks.ts'

/** How often the disks are walked, and how much of a core that may take while it goes on. */
export interface WalkingPace {
  every: Duration
  share: number
  /** Whether an observation waits for the walk that is due. */
  waits: boolean
}

/** A walk takes no more than a tenth of a core, and no more than a thirtieth of the time. */
export const PATROLLING: WalkingPace = { every: 10 * 60_000, share: 0.1, waits: false }
/** Somebody waits for it. */
export const AT_ONCE: WalkingPace = { every: 0, share: 1, waits: true }
const LEAST_REST = 30

/** What is known of where the bytes are, from the last walk that ended. */
export function walkNowAndThen(walker: DiskWalker, { every, share, waits }: WalkingPace) {
  let latest: { at: Instant } & Attributed = { at: 0, value: [], gaps: [] }
  let walking: Promise<void> | undefined
  let dueAt = 0

  async function walk(node: NodePlaces, name: string, at: Instant): Promise<void> {
    const attributed = await attributeDisks(walker, node, share)
    const endedAt = walker.clock.now()
    latest = { at, ...attributed, gaps: attributed.gaps.map((gap) => ({ ...gap, node: name })) }
    dueAt = endedAt + Math.max(every, (endedAt - at) * LEAST_REST * share)
  }

  return async (
    node: NodePlaces,
    name: string,
    at: Instant,
  ): Promise<{ seen: Pick<NodeObservation, 'diskAttribution'>; gaps: readonly Gap[] }> => {
    if (!walking && at >= dueAt) walking = walk(node, name, at).finally(() => (walking = undefined))
    if (waits) await walking
    const { value, gaps, at: observedAt } = latest
    return {
      seen: value.length === 0 ? {} : { diskAttribution: { value, source: 'du', observedAt } },
      gaps,
    }
  }
}
