import type { NodeView } from '../observe/node-view.ts'
import type { FilesystemReading } from '../observe/observation.ts'
import type { Duration } from '../units/duration.ts'
import type { NodeReport } from './node-report.ts'

/** Twice the horizon of a forecast, for this is coarser. */
const WITHIN: Duration = 48 * 3_600_000

/**
 * The names of nodes that a forecast is worth its cost for, the most urgent first: those whose free bytes shrink
 * so fast that the next level is near. Looks at the ends of the readings only, so it is cheap for any fleet; it
 * says who, the forecast says when.
 */
export function shrinkingNodes(reports: readonly NodeReport[], views: readonly NodeView[]): string[] {
  const byName = new Map(views.map((view) => [view.name, view]))
  const near = reports.flatMap((report) => {
    const view = byName.get(report.name)
    const left = view && report.isSeen ? timeLeft(report, view) : Infinity
    return left <= WITHIN ? [{ name: report.name, left }] : []
  })
  return near.toSorted((a, b) => a.left - b.left).map(({ name }) => name)
}

function timeLeft({ disks: [disk] }: NodeReport, { readings, history }: NodeView): Duration {
  const marginBytes = disk?.next?.marginBytes ?? 0
  const speed = Math.max(
    bytesPerMillisecond(readings),
    bytesPerMillisecond([...history.slice(0, 1), ...readings.slice(-1)]),
  )
  return speed > 0 ? marginBytes / speed : Infinity
}

/** How fast it shrinks from the first reading to the last. */
function bytesPerMillisecond(readings: readonly FilesystemReading[]): number {
  const [first] = readings
  const last = readings.at(-1)
  if (!first || !last || last.at <= first.at) return 0
  return (first.availableBytes - last.availableBytes) / (last.at - first.at)
}
