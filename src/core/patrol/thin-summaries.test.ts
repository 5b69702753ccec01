import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Part, SummaryView } from '../observe/observation.ts'
import { withSummary } from './thin-summaries.ts'

const at = (observedAt: number): Part<SummaryView> => ({ value: { pods: [] }, source: 'test', observedAt })

/** The ages that are kept, in seconds, when one summary after another is had. */
function kept(everyMs: number, count: number): number[] {
  let summaries: Part<SummaryView>[] = []
  for (let index = 0; index < count; index++) summaries = withSummary(summaries, at(index * everyMs))
  const newest = summaries.at(-1)?.observedAt ?? 0
  return summaries.map(({ observedAt }) => (newest - observedAt) / 1000)
}

describe('withSummary', () => {
  it('keeps the latest ones, and of older ones fewer', () => {
    expect(kept(10_000, 3)).toEqual([20, 10, 0])
    const ages = kept(10_000, 3000)
    expect(ages.slice(-2)).toEqual([10, 0])
    expect(ages.length).toBeLessThan(10)
    expect(ages[0]).toBeGreaterThan(3600)
  })

  it('has one of about every age, however often they come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 60_000 }), (everyMs) => {
        const ages = kept(everyMs, 800)
        const reach = (799 * everyMs) / 1000
        for (let wanted = 60; wanted < reach / 8; wanted *= 4) {
          expect(ages.some((age) => age >= wanted / 4 && age <= wanted * 8)).toBe(true)
        }
      }),
    )
  })

  it('keeps what each container and volume uses of the latest alone', () => {
    const usage = { namespace: 'a', name: 'p', uid: 'u', logsBytes: 1, rootfsBytes: 2, localVolumesBytes: 3 }
    const detail = { containers: [{ name: 'c', logsBytes: 1, rootfsBytes: 2 }], localVolumes: [] }
    const summary = (observedAt: number): Part<SummaryView> => ({
      value: { pods: [{ ...usage, ...detail }] },
      source: 'test',
      observedAt,
    })
    const [first, second] = withSummary([summary(0)], summary(10_000))
    expect(first?.value.pods).toEqual([usage])
    expect(second?.value.pods).toEqual([{ ...usage, ...detail }])
  })

  it('keeps no more than a few however often they come', () => {
    expect(kept(1000, 500).length).toBeLessThan(10)
  })

  it('forgets what is older than a day', () => {
    expect(withSummary([at(0)], at(25 * 3_600_000))).toHaveLength(1)
  })
})
