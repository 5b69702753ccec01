import { describe, expect, it } from 'vitest'
import { aFact } from '../../../test/contracts/a-round.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import { withEndOfPressure } from './end-of-pressure.ts'

const fact = (id: FactId, order: number) => ({ ...aFact('', order), id })
const cleared = [fact('disk-pressure-cleared', 100_000)]
const ends = (facts: ReturnType<typeof fact>[], observedAt: number, end = cleared) =>
  withEndOfPressure(facts, [], { cleared: end, observedAt })
    .filter(({ id }) => id === 'disk-pressure-cleared')
    .map(({ firstAt, lastOrder }) => [firstAt, lastOrder])

describe('the end of disk pressure', () => {
  const pressure = fact('disk-pressure-condition', 40_000)
  const known = fact('disk-pressure-cleared', 100_000)
  const late = fact('pod-admission-rejected', 101_000)
  it.each([
    ['of one that was stated', [pressure], 105_000, [[100_000, 100_000]]],
    ['of none', [], 105_000, []],
    ['that is known', [pressure, known], 105_000, [[100_000, 100_000]]],
    ['that somebody had not seen yet, told at first', [pressure, known, late], 105_000, [[100_000, 100_000]]],
    ['that has outlived what was said late', [pressure, known, late], 165_000, [[100_000, 165_000]]],
  ])('%s', (_, facts, observedAt, expected) => {
    expect(ends(facts, observedAt)).toEqual(expected)
  })

  it('is not told while the condition holds', () => {
    expect(ends([pressure], 105_000, [])).toEqual([])
  })

  it('is told as the Node had it in the round before', () => {
    const facts = withEndOfPressure([], [pressure], { cleared, observedAt: 105_000 })
    expect(facts.map(({ id }) => id)).toEqual(['disk-pressure-condition', 'disk-pressure-cleared'])
  })
})
