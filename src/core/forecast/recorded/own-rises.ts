import type { FilesystemReading } from '../../observe/observation.ts'
import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import type { Effects } from '../simulation/world.ts'
import type { RecordedRun } from './recorded-run.ts'

/** The two readings between which bytes came free. */
interface Rise {
  from: Instant
  to: Instant
}

/** Less may come free by a log that is rotated or a file that someone lets go. */
const LEAST_RISE_BYTES = 16 * 2 ** 20
/** What was done to a node can free bytes for so long: a deleted pod takes its time. */
const FREES_FOR_MS = 35_000
/** What the kubelet removes is gone from the disk within so long. */
const REMOVED_MS = 5000
/** Rows of actions that free nothing. */
const FREES_NOTHING = /^(?:snapshot|write|fill-to|create|import|load|pull|start|apply)\b|\bdone$/
/** A pass is not known better than to this share of the time since the start: what idle passes took differs. */
const PASS_DRIFT = 0.004
const LONGEST_DRIFT_MS = 4000

/**
 * Of a recording's disk, when the kubelet itself freed bytes: rises that nothing explains that was done to
 * the node. The pass that brought one about came before it, whatever the simulated clock of passes says.
 *
 * @returns the instant whose reading a pass of the eviction manager saw, for the instant it is simulated at
 */
export function ownRises({
  readings,
  actions,
  starts,
}: Pick<RecordedRun, 'readings' | 'actions' | 'starts'>): (at: Instant, effects: Effects) => Instant {
  const freeing = actions.filter(({ action }) => !FREES_NOTHING.test(action)).map(({ at }) => at)
  const rises = risesOf(readings).filter(
    ({ from, to }) => !freeing.some((at) => at > from - FREES_FOR_MS && at <= to),
  )
  return (at, effects) => {
    const drift = driftAt(at, starts)
    const rise = rises.find(({ from, to }) => at > from - drift && at < to + drift)
    if (!rise || hasActed(effects, rise.from, at)) return at
    return Math.min(Math.max(at, rise.from), rise.to - 1)
  }
}

function risesOf(readings: readonly FilesystemReading[]): Rise[] {
  return readings.flatMap((after, index) => {
    const before = readings[index - 1]
    const isRise = before && after.availableBytes - before.availableBytes >= LEAST_RISE_BYTES
    return isRise ? [{ from: before.at, to: after.at }] : []
  })
}

function driftAt(at: Instant, starts: readonly Instant[]): Duration {
  const startedAt = starts.findLast((start) => start <= at) ?? at
  return Math.min((at - startedAt) * PASS_DRIFT, LONGEST_DRIFT_MS)
}

/** Whether the simulated kubelet has done something that the rise may be of. */
function hasActed(
  { removedImages, evicted, removedContainers }: Effects,
  riseFrom: Instant,
  until: Instant,
): boolean {
  const isWithin = (acted: ReadonlyMap<string, Instant>, before: Duration) =>
    [...acted.values()].some((at) => at >= riseFrom - before && at <= until)
  return (
    [removedImages, removedContainers].some((acted) => isWithin(acted, REMOVED_MS)) ||
    isWithin(evicted, FREES_FOR_MS)
  )
}
