import type { Part, SummaryView } from '../observe/observation.ts'
import type { Duration } from '../units/duration.ts'

const SHORTEST: Duration = 20_000
const LONGEST: Duration = 24 * 3_600_000

/**
 * Keeps summaries of all ages up to a day, the older the sparser: one for every doubling of the age, always the oldest of
 * its kind. So growth can be told over a minute as well as over hours.
 */
export function thinSummaries(summaries: readonly Part<SummaryView>[]): Part<SummaryView>[] {
  const newest = summaries.at(-1)
  if (!newest) return []
  let lastKind: number | undefined
  return summaries.filter(({ observedAt }) => {
    const age = newest.observedAt - observedAt
    if (age > LONGEST) return false
    const kind = age < SHORTEST ? -1 : Math.floor(Math.log2(age / SHORTEST))
    if (kind === lastKind && kind >= 0) return false
    lastKind = kind
    return true
  })
}
