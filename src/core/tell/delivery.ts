import type { Message } from '../messages/message.ts'
import type { Instant } from '../units/instant.ts'
import type { Notice } from './notice.ts'
import { joined } from './notice.ts'
import { group } from './storm.ts'

/** A notice on its way through one channel. */
export interface Delivery {
  /** The name of the channel. */
  channel: string
  notice: Notice
  /** `failed`: given up, `failure` says why. */
  state: 'waiting' | 'delivered' | 'failed'
  /** How often it was sent, successfully or not. What was sent once never changes. */
  attempts: number
  createdAt: Instant
  /** Not to be sent before. */
  dueAt: Instant
  deliveredAt: Instant | null
  /** Why the last attempt failed; null when none did. */
  failure: Message | null
}

/** A delivery that is yet to be made. */
export function newDelivery(channel: string, notice: Notice, at: Instant): Delivery {
  return {
    channel,
    notice,
    state: 'waiting',
    attempts: 0,
    createdAt: at,
    dueAt: at,
    deliveredAt: null,
    failure: null,
  }
}

/**
 * What waits for one channel, in order, brought down to at most so many: the oldest notices of one thread
 * become one, then the oldest threads become a group. Nothing is dropped, and what was sent once stays as it is.
 */
export function boundWaiting(waiting: readonly Delivery[], most: number, at: Instant): readonly Delivery[] {
  if (waiting.length <= most) return waiting
  const byThread = mergeThreads(waiting, most)
  if (byThread.length <= most) return byThread
  const fixed = byThread.filter(({ attempts }) => attempts > 0)
  const free = byThread.filter(({ attempts }) => attempts === 0)
  const excess = Math.min(byThread.length - most + 1, free.length)
  const grouped = free.slice(0, excess)
  const last = grouped.at(-1)
  if (!last) return fixed
  const notice = group(
    grouped.map((delivery) => delivery.notice),
    at,
  )
  return [...fixed, { ...last, notice }, ...free.slice(excess)]
}

/** Joins earlier notices with the next of their thread, from the oldest on, until few enough are left. */
function mergeThreads(waiting: readonly Delivery[], most: number): readonly Delivery[] {
  const left = [...waiting]
  const next = new Map<string, number>()
  // From behind, so that each knows where the next of its thread is.
  const following = left.map(() => -1)
  for (let index = left.length - 1; index >= 0; index--) {
    const thread = left[index]?.notice.thread ?? ''
    following[index] = next.get(thread) ?? -1
    next.set(thread, index)
  }
  let count = left.length
  const gone = new Set<number>()
  for (let index = 0; index < left.length && count > most; index++) {
    const earlier = left[index]
    const target = following[index] ?? -1
    const later = left[target]
    if (!earlier || !later || earlier.attempts > 0 || later.attempts > 0) continue
    left[target] = { ...later, notice: joined(earlier.notice, later.notice) }
    gone.add(index)
    count--
  }
  return left.filter((_, index) => !gone.has(index))
}
