import { describe, expect, it } from 'vitest'
import { percentGone, timeOfDay, timeText } from './time-text.ts'

describe('time text', () => {
  it('shows the time of day', () => {
    expect(timeOfDay('2026-11-24T08:22:34.622879Z')).toBe('08:22:34')
  })

  it('shows the day where it is another', () => {
    expect(timeText('2026-11-24T08:22:34Z', '2026-11-24T23:00:00Z')).toBe('08:22:34')
    expect(timeText('2026-11-24T08:22:34Z', '2026-11-25T00:00:00Z')).toBe('11-24 08:22:34')
    expect(timeText('2026-11-24T08:22:34Z', null)).toBe('11-24 08:22:34')
  })

  it.each([
    ['2026-01-01T00:00:30Z', 50],
    ['2026-01-01T00:02:00Z', 100],
    ['2025-12-31T23:59:00Z', 0],
    [null, 0],
  ])('%s is %d %% of a minute', (at, percent) => {
    expect(percentGone('2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z', at)).toBe(percent)
  })
})
