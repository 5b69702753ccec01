import type { Duration } from '../core/units/duration.ts'
import type { Instant } from '../core/units/instant.ts'

const MINUTE: Duration = 60_000

/** How much a service takes. */
export interface SendLimit {
  sent(at: Instant): void
  /** The service wants to be left alone until then. */
  closedUntil(at: Instant): void
  /** When it may be asked again; in the past where that is now. */
  openAgainAt(now: Instant): Instant
}

/** @param mostPerMinute 0 for any number */
export function sendLimit(mostPerMinute: number): SendLimit {
  let notBefore: Instant = 0
  let sentAt: readonly Instant[] = []
  return {
    sent(at) {
      sentAt = [...sentAt, at]
    },
    closedUntil(at) {
      notBefore = at
    },
    openAgainAt(now) {
      sentAt = sentAt.filter((at) => now - at < MINUTE)
      const isFull = mostPerMinute > 0 && sentAt.length >= mostPerMinute
      return Math.max(notBefore, isFull ? (sentAt[0] ?? now) + MINUTE : 0)
    },
  }
}
