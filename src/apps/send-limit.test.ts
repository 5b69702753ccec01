import { describe, expect, it } from 'vitest'
import { sendLimit } from './send-limit.ts'

describe('sendLimit', () => {
  it('is open until so many were sent within a minute', () => {
    const limit = sendLimit(2)
    limit.sent(1000)
    expect(limit.openAgainAt(2000)).toBeLessThanOrEqual(2000)
    limit.sent(2000)
    expect(limit.openAgainAt(3000)).toBe(61_000)
    expect(limit.openAgainAt(61_000)).toBeLessThanOrEqual(61_000)
  })

  it('may have no number', () => {
    const limit = sendLimit(0)
    for (let at = 0; at < 500; at++) limit.sent(at)
    expect(limit.openAgainAt(500)).toBeLessThanOrEqual(500)
  })

  it('is closed for as long as the service says', () => {
    const limit = sendLimit(0)
    limit.closedUntil(9000)
    expect(limit.openAgainAt(1000)).toBe(9000)
  })
})
