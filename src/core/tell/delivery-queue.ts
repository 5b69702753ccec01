import type { Instant } from '../units/instant.ts'
import { boundWaiting, type Delivery } from './delivery.ts'

/** What waits for one channel, in order. */
export type DeliveryQueue = readonly Delivery[]

/** The delivery to make now, or when there is one to make (null for none). Order is kept within each incident. */
export function nextDelivery(
  queue: DeliveryQueue,
  now: Instant,
): { delivery: Delivery } | { dueAt: Instant | null } {
  const blocked = new Set<string>()
  let dueAt: Instant | null = null
  for (const delivery of queue) {
    const threads = threadsOf(delivery)
    const isBlocked = threads.some((thread) => blocked.has(thread))
    if (!isBlocked && delivery.dueAt <= now) return { delivery }
    if (!isBlocked) dueAt = Math.min(dueAt ?? delivery.dueAt, delivery.dueAt)
    for (const thread of threads) blocked.add(thread)
  }
  return { dueAt }
}

/** Adds deliveries, keeping the queue within its bound; `merged` are those that others now stand for. */
export function addDeliveries(queue: DeliveryQueue, added: readonly Delivery[], most: number, now: Instant) {
  const next = boundWaiting([...queue, ...added], most, now)
  const before = new Set(queue)
  const keys = new Set(next.map(({ notice }) => notice.key))
  return {
    queue: next,
    saved: next.filter((delivery) => !before.has(delivery)),
    merged: queue.filter(({ notice }) => !keys.has(notice.key)),
  }
}

function threadsOf({ notice }: Delivery): string[] {
  return [notice.thread, ...notice.incidents.map(({ id }) => id)]
}
