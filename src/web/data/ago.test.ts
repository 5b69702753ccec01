import { expect, it } from 'vitest'
import { agoOf } from './ago.ts'

it.each([
  ['2026-11-24T08:00:00Z', '2026-11-24T08:00:12Z', { time: '08:00:00 UTC', ago: 12 }],
  ['2026-11-23T08:00:00Z', '2026-11-24T08:00:00Z', { time: '11-23 08:00:00 UTC', ago: 86_400 }],
  // The clock of a node is ahead.
  ['2026-11-24T08:00:05Z', '2026-11-24T08:00:00Z', { time: '08:00:05 UTC', ago: 0 }],
  ['2026-11-24T08:00:00Z', null, { time: '11-24 08:00:00 UTC', ago: null }],
])('%s seen at %s', (instant, now, expected) => {
  expect(agoOf(instant, now)).toEqual(expected)
})
