import { expect, test } from 'vitest'
import type { Sample } from './sample.ts'
import { firstAtLeast, HOUR_MS, quantile, readSeries } from './series.ts'

const NOW = Date.UTC(2026, 0, 1)
const minutes = (...ages: number[]): Sample[] =>
  ages.map((age, index) => ({ at: NOW - age * 60_000, value: index }))
const kept = (samples: readonly Sample[]) => {
  const series = readSeries(samples, NOW)
  return series && Array.from(series.values, (value) => Math.round(value * series.unit + series.origin))
}

test.each<[string, readonly Sample[], number[] | undefined]>([
  ['in order', minutes(3, 2, 1), [0, 1, 2]],
  ['too few', minutes(2, 1), undefined],
  ['read twice at one instant', minutes(4, 3, 3, 1), [0, 2, 3]],
  ['a clock that went back', minutes(9, 5, 2, 6, 4, 1), [0, 3, 4, 5]],
  ['a lone reading long before', minutes(9999, 3, 2, 1), [1, 2, 3]],
  ['a lone reading long after', minutes(9999, 9998, 9997, 1), undefined],
  ['times apart from each other', minutes(40, 39, 38, 3, 2, 1), [0, 1, 2, 3, 4, 5]],
  ['lone readings before lone readings', minutes(9999, 90, 3, 2, 1), [2, 3, 4]],
  ['later than now', minutes(3, 2, 1, -1), [0, 1, 2]],
  ['long ago', [{ at: 0, value: 9 }, ...minutes(3, 2, 1)], [0, 1, 2]],
  [
    'a clock that was set long after a reading',
    [...minutes(4, 3), { at: 0, value: 9 }, ...minutes(2, 1)],
    [0, 1, 0, 1],
  ],
  [
    'what cannot be used',
    [Number.NaN, -1, Number.POSITIVE_INFINITY, 1e300]
      .map((value) => ({ at: NOW - 150_000, value }))
      .concat(minutes(3, 2, 1)),
    [0, 1, 2],
  ],
])('reads samples: %s', (_, samples, values) => {
  expect(kept(samples)).toEqual(values)
})

test('looks at a bounded number of samples, all of the newest among them', () => {
  let looked = 0
  const many = new Proxy([] as Sample[], {
    get(target, key) {
      if (key === 'length') return 1_000_000
      if (typeof key !== 'string') return Reflect.get(target, key) as unknown
      looked++
      return { at: NOW - (999_999 - Number(key)) * 100, value: Number(key) }
    },
  })
  const series = readSeries(many, NOW)
  expect(looked).toBeLessThanOrEqual(6001)
  expect(series?.hours.at(-1)).toBe(0)
  expect(series?.hours.at(-1000)).toBeCloseTo((-999 * 100) / HOUR_MS)
  expect(series?.hours[0]).toBeLessThan((-990_000 * 100) / HOUR_MS)
})

test('interpolates quantiles and finds places in order', () => {
  expect([quantile([], 0.5), quantile([1, 2, 3], 0.5), quantile([1, 2], 0.25)]).toEqual([0, 2, 1.25])
  const ascending = Float64Array.of(1, 3, 3, 5)
  expect([0, 3, 4, 6].map((least) => firstAtLeast(ascending, least))).toEqual([0, 1, 3, 4])
})
