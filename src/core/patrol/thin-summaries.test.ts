import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Part, SummaryView } from '../observe/observation.ts'
import { thinSummaries } from './thin-summaries.ts'

const at = (observedAt: number): Part<SummaryView> => ({ value: { pods: [] }, source: 'test', observedAt })

/** The ages that are kept, in seconds, when one summary after another is had. */
function kept(everyMs: number, count: number): number[] {
  let summaries: Part<SummaryView>[] = []
  for (let index = 0; index < count; index++) summaries = thinSummaries([...summaries, at(index * everyMs)])
  const newest = summaries.at(-1)?.observedAt ?? 0
  return summaries.map(({ observedAt }) => (newest - observedAt) / 1000)
}

describe('thinSummaries', () => {
  it('keeps the latest ones, and of older ones fewer', () => {
    expect(kept(10_000, 3)).toEqual([20, 10, 0])
    const ages = kept(10_000, 3000)
    expect(ages.slice(-2)).toEqual([10, 0])
    expect(ages.length).toBeLessThan(16)
    expect(ages[0]).toBeGreaterThan(3600)
  })

  it('has one of about every age, however often they come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 60_000 }), (everyMs) => {
        const ages = kept(everyMs, 800)
        const reach = (799 * everyMs) / 1000
        for (let wanted = 60; wanted < reach / 4; wanted *= 4) {
          expect(ages.some((age) => age >= wanted / 2 && age <= wanted * 4)).toBe(true)
        }
      }),
    )
  })

  it('forgets what is older than a day', () => {
    expect(thinSummaries([at(0), at(25 * 3_600_000)])).toHaveLength(1)
  })
})
