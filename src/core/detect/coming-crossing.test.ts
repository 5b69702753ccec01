import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comingCrossing } from './coming-crossing.ts'

/** A reading each second, the latest at 0. */
const each = (available: readonly number[]) =>
  available.map((one, index) => ({ at: (index + 1 - available.length) * 1000, available: one }))
const ramp = (from: number, perSecond: number, seconds: number) =>
  Array.from({ length: seconds + 1 }, (_, second) => from - perSecond * second)

describe('a crossing that comes', () => {
  it.each<[string, number[], number | undefined]>([
    ['10 seconds of falling, 10 to go', ramp(300, 10, 10), 10_000],
    ['10 seconds of falling, 11 to go', ramp(310, 10, 10), undefined],
    ['9 seconds of falling', ramp(210, 10, 9), undefined],
    ['falling after an hour of quiet', [...Array<number>(3600).fill(600), ...ramp(590, 10, 29)], 20_000],
    ['a single write', [...Array<number>(30).fill(500), ...Array<number>(11).fill(150)], undefined],
    ['a fall that has ended', [...ramp(500, 20, 15), ...Array<number>(15).fill(200)], undefined],
    ['logs that are rotated', Array.from({ length: 10 }, () => ramp(300, 17, 11)).flat(), undefined],
    ['more than was rotated', [...ramp(300, 5, 11), ...ramp(300, 10, 16)], 4000],
    ['what stays', Array<number>(60).fill(101), undefined],
    ['what rises', ramp(101, -1, 60), undefined],
    ['what has been crossed', ramp(500, 20, 25), undefined],
    ['a slow fall that is near', ramp(160, 0.2, 200), 100_000],
    ['a slow fall that is too far', ramp(166, 0.2, 200), undefined],
    ['a slow fall that is farther', ramp(800, 0.2, 200), undefined],
    ['no reading', [], undefined],
  ])('%s', (_, available, expected) => {
    const coming = comingCrossing(each(available), 100)
    if (expected === undefined) expect(coming).toBeUndefined()
    else expect(coming?.expectedAt).toBeCloseTo(expected, -1)
  })

  it('is told from readings that come seldom, three of them at least', () => {
    const seldom = [400, 300, 200].map((available, index) => ({ at: index * 60_000, available }))
    expect(comingCrossing(seldom, 100)?.expectedAt).toBe(180_000)
    expect(comingCrossing(seldom.slice(1), 100)).toBeUndefined()
  })

  it('lies ahead, and no further than it has fallen for', () => {
    const readings = fc.array(fc.nat(1000), { maxLength: 400 }).map(each)
    fc.assert(
      fc.property(readings, fc.nat(1000), (seen, below) => {
        const coming = comingCrossing(seen, below)
        if (!coming) return
        const { from, to } = coming.fall
        expect(to).toBe(seen.at(-1))
        expect(to.at - from.at).toBeGreaterThanOrEqual(10_000)
        expect(coming.expectedAt).toBeGreaterThanOrEqual(to.at)
        expect(coming.expectedAt - to.at).toBeLessThanOrEqual(to.at - from.at)
      }),
    )
  })
})
