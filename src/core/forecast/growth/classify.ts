import type { Growth, GrowthKind } from './growth.ts'
import type { Line } from './line.ts'
import { NORMAL, slopeDeviation, type Spread } from './spread.ts'

/** What to call a growth, and its slope in bytes (or inodes) a second, negative when it shrinks. */
export interface GrowthDescription {
  kind: GrowthKind
  perSecond: { p10: number; p50: number; p90: number }
}

const BURSTY = 0.2
const ABOVE_NOISE = 2
const OFTEN_HOURS_SHARE = 1 / 8

/** Says what a growth looks like, and how steep it is apart from what comes back. */
export function describeGrowth({ kind, line, spread }: Growth): GrowthDescription {
  const deviation = NORMAL * slopeDeviation(spread)
  const perSecond = (slope: number) => slope / 3600
  return {
    kind,
    perSecond: {
      p10: perSecond(line.slope - deviation),
      p50: perSecond(line.slope),
      p90: perSecond(line.slope + deviation),
    },
  }
}

/** Names a growth by the most telling thing that was found in it. */
export function classify(
  found: { sawTooth: boolean; daily: boolean; step: boolean },
  line: Line,
  spread: Spread,
  noise: number,
): GrowthKind {
  if (found.sawTooth) return 'saw-tooth'
  if (found.daily) return 'daily'
  if (found.step) return 'step'
  const hours = spread.lookBack * OFTEN_HOURS_SHARE
  const strays = Math.sqrt(spread.about + spread.walk * hours)
  if (strays > Math.max(BURSTY * Math.abs(line.slope) * hours, ABOVE_NOISE * noise)) return 'bursts'
  return Math.abs(line.slope) > NORMAL * slopeDeviation(spread) ? 'trend' : 'steady'
}
