import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { atMostEvery } from './at-most-every.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('acts at most so often, however often it is asked, and after the last time', () => {
  const act = vi.fn<() => void>()
  const { ask } = atMostEvery(1000, act)
  for (let asked = 0; asked < 35; asked++) {
    ask()
    vi.advanceTimersByTime(100)
  }
  expect(act).toHaveBeenCalledTimes(3)
  vi.advanceTimersByTime(10_000)
  expect(act).toHaveBeenCalledTimes(4)
})

it('does not act when that is cancelled', () => {
  const act = vi.fn<() => void>()
  const { ask, cancel } = atMostEvery(1000, act)
  ask()
  cancel()
  vi.advanceTimersByTime(10_000)
  expect(act).not.toHaveBeenCalled()
})
