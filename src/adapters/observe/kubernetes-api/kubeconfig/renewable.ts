import type { Clock } from '../../../../core/observe/clock.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import type { Credentials, Presented } from '../connection.ts'

/** Credentials for a time. */
export interface Issued {
  presented: Presented
  /** Absent when nothing is said of it. */
  expiresAt?: Instant
}

/** Less than this before they run out credentials are renewed. */
const MARGIN_MS = 10_000
/** A server that refuses new credentials will refuse newer ones: it is not asked again so soon. */
const NOT_AGAIN_WITHIN_MS = 30_000

/** Credentials that are issued when first needed, kept while they hold, and issued anew after a refusal. */
export function renewable(issue: () => Promise<Issued>, clock: Clock, known?: Issued): Credentials {
  let current = known
  let issuedAt = -Infinity
  let underWay: Promise<Presented> | undefined

  const renew = async () => {
    try {
      current = await issue()
      issuedAt = clock.now()
      return current.presented
    } finally {
      underWay = undefined
    }
  }

  return {
    present() {
      const isCurrent = current !== undefined && clock.now() < (current.expiresAt ?? Infinity) - MARGIN_MS
      // Issued for less than the margin: better than nothing, and than asking for each request.
      const isJustIssued = current !== undefined && clock.now() - issuedAt < 1000
      if (current !== undefined && (isCurrent || isJustIssued)) return Promise.resolve(current.presented)
      underWay ??= renew()
      return underWay
    },
    refused(shown) {
      if (shown !== current?.presented) return true
      if (clock.now() - issuedAt < NOT_AGAIN_WITHIN_MS) return false
      current = undefined
      return true
    },
  }
}
