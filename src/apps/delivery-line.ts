import type { Message } from '../core/messages/message.ts'
import { message } from '../core/messages/message.ts'
import { backOff } from '../core/tell/back-off.ts'
import type { Delivery } from '../core/tell/delivery.ts'
import { addDeliveries, nextDelivery, type DeliveryQueue } from '../core/tell/delivery-queue.ts'
import type { BriefIncident } from '../core/tell/notice.ts'
import {
  ChannelFailure,
  isStateChannel,
  type NotificationChannel,
} from '../core/tell/notification-channel.ts'
import type { Route } from '../core/tell/route.ts'
import type { Duration } from '../core/units/duration.ts'
import type { Instant } from '../core/units/instant.ts'
import type { DeliveryClock } from './delivery-clock.ts'

/** A channel with what it is for, and how much it takes. */
export interface OpenChannel {
  channel: NotificationChannel
  route: Route
  /** Messages a minute; 0 for any number. */
  mostPerMinute: number
  /** At most so many deliveries wait; what is more is merged. */
  mostWaiting: number
  /** How long one attempt may last, whatever the channel itself thinks. */
  timeout: Duration
}

/** What a line works with. */
export interface LineParts {
  open: OpenChannel
  clock: DeliveryClock
  /** From 0 to 1. */
  chance: () => number
  /** Keeps what became of a delivery, soon: killed before that, it is made again with the same key. */
  save: (delivery: Delivery) => void
  onFailure: (channel: NotificationChannel, failure: unknown) => void
}

/** One channel's deliveries, made one after the other, apart from all others. */
export interface DeliveryLine {
  readonly open: OpenChannel
  waiting(): DeliveryQueue
  /** Adds deliveries; nothing is sent until `go`, so that they can be kept first. */
  add(deliveries: readonly Delivery[]): Pick<ReturnType<typeof addDeliveries>, 'saved' | 'merged'>
  go(): void
  /** What is open now, for a channel that shows what is. */
  show(open: readonly BriefIncident[]): void
  /** Ends when what is under way has ended. */
  stop(): Promise<void>
}

const GIVE_UP_AFTER: Duration = 24 * 3_600_000
const MINUTE: Duration = 60_000

/** Makes the line of a channel and starts it. */
export function startLine({ open, clock, chance, save, onFailure }: LineParts): DeliveryLine {
  const { channel, mostPerMinute, timeout } = open
  const stopping = new AbortController()
  let queue: DeliveryQueue = []
  let isHeld = false
  let wake = new AbortController()
  let notBefore: Instant = 0
  let sentAt: readonly Instant[] = []
  let shown: readonly BriefIncident[] = []
  let showAt: Instant = 0

  const replace = (before: Delivery, after: Delivery | null) => {
    queue = queue.flatMap((one) => (one === before ? (after ?? []) : one))
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const begun = { ...delivery, attempts: delivery.attempts + 1 }
    replace(delivery, begun)
    sentAt = [...sentAt, clock.now()]
    try {
      await withinTime(channel.tell(begun.notice))
      replace(begun, null)
      save({ ...begun, state: 'delivered', deliveredAt: clock.now(), failure: null })
    } catch (failure) {
      if (stopping.signal.aborted) return
      const after = afterFailure(begun, failure, clock.now(), chance())
      if (failure instanceof ChannelFailure && failure.retryAfter !== undefined)
        notBefore = clock.now() + failure.retryAfter
      replace(begun, after.state === 'waiting' ? after : null)
      onFailure(channel, failure)
      save(after)
    }
  }

  async function show(): Promise<void> {
    if (!isStateChannel(channel)) return
    showAt = clock.now() + channel.refreshEvery
    if (shown.length === 0) return
    try {
      await withinTime(channel.refresh(shown))
    } catch (failure) {
      if (!stopping.signal.aborted) onFailure(channel, failure)
    }
  }

  async function withinTime(work: Promise<void>): Promise<void> {
    const ended = new AbortController()
    const over = clock.sleep(timeout, AbortSignal.any([ended.signal, stopping.signal])).then(() => {
      if (ended.signal.aborted) return
      throw new ChannelFailure('KP_CHANNEL_UNREACHABLE', {
        channel: channel.id,
        reason: `no answer within ${timeout / 1000} s`,
      })
    })
    try {
      await Promise.race([work, over])
    } finally {
      ended.abort()
      work.catch(() => undefined)
    }
  }

  /** When the service may be asked again: it said so, or its limit a minute is reached. */
  function openAgainAt(now: Instant): Instant {
    sentAt = sentAt.filter((at) => now - at < MINUTE)
    const isFull = mostPerMinute > 0 && sentAt.length >= mostPerMinute
    return Math.max(notBefore, isFull ? (sentAt[0] ?? now) + MINUTE : 0)
  }

  /** Does what is due. @returns when to look again */
  async function turn(): Promise<Instant> {
    const now = clock.now()
    const openAt = openAgainAt(now)
    if (isHeld) return Number.POSITIVE_INFINITY
    if (openAt > now) return openAt
    const next = nextDelivery(queue, now)
    if ('delivery' in next) {
      await attempt(next.delivery)
      return now
    }
    if (isStateChannel(channel) && showAt <= now) await show()
    const showNext = isStateChannel(channel) ? showAt : Number.POSITIVE_INFINITY
    return Math.min(next.dueAt ?? Number.POSITIVE_INFINITY, showNext)
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      wake = new AbortController()
      const at = await turn()
      const now = clock.now()
      if (at > now) await clock.sleep(at - now, AbortSignal.any([wake.signal, stopping.signal]))
    }
  }

  const running = run()
  return {
    open,
    waiting: () => queue,
    add(deliveries) {
      isHeld = true
      const added = addDeliveries(queue, deliveries, open.mostWaiting, clock.now())
      queue = added.queue
      return added
    },
    go() {
      isHeld = false
      wake.abort()
    },
    show(incidents) {
      shown = incidents
    },
    async stop() {
      stopping.abort()
      channel.close?.()
      await running
    },
  }
}

function afterFailure(delivery: Delivery, failure: unknown, now: Instant, chance: number): Delivery {
  const isFinal = failure instanceof ChannelFailure && !failure.isRetryable
  const isTooOld = now - delivery.createdAt > GIVE_UP_AFTER
  const said = describe(failure)
  if (isFinal) return { ...delivery, state: 'failed', failure: said }
  if (isTooOld)
    return {
      ...delivery,
      state: 'failed',
      failure: message('channel.too-old', { hours: GIVE_UP_AFTER / 3_600_000 }),
    }
  return { ...delivery, failure: said, dueAt: now + backOff(delivery.attempts, chance) }
}

function describe(failure: unknown): Message {
  if (failure instanceof ChannelFailure) return failure.detail
  return message('KP_INTERNAL', { problem: failure instanceof Error ? failure.message : String(failure) })
}
