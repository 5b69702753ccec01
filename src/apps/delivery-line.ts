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
  type StateChannel,
} from '../core/tell/notification-channel.ts'
import type { Route } from '../core/tell/route.ts'
import type { Duration } from '../core/units/duration.ts'
import type { Instant } from '../core/units/instant.ts'
import type { DeliveryClock } from './delivery-clock.ts'
import { sendLimit, type SendLimit } from './send-limit.ts'

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

/** Makes the line of a channel and starts it. */
export function startLine(parts: LineParts): DeliveryLine {
  const line = new ChannelLine(parts)
  line.start()
  return line
}

class ChannelLine implements DeliveryLine {
  readonly open: OpenChannel
  readonly #parts: LineParts
  readonly #limit: SendLimit
  readonly #stopping = new AbortController()
  #queue: DeliveryQueue = []
  #isHeld = false
  #wake = new AbortController()
  #shown: readonly BriefIncident[] = []
  #showAt: Instant = 0
  #running: Promise<void> = Promise.resolve()

  constructor(parts: LineParts) {
    this.open = parts.open
    this.#parts = parts
    this.#limit = sendLimit(parts.open.mostPerMinute)
  }

  start(): void {
    this.#running = this.#run()
  }

  waiting(): DeliveryQueue {
    return this.#queue
  }

  add(deliveries: readonly Delivery[]) {
    this.#isHeld = true
    const added = addDeliveries(this.#queue, deliveries, this.open.mostWaiting, this.#parts.clock.now())
    this.#queue = added.queue
    return added
  }

  go(): void {
    this.#isHeld = false
    this.#wake.abort()
  }

  show(incidents: readonly BriefIncident[]): void {
    this.#shown = incidents
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.open.channel.close?.()
    await this.#running
  }

  async #run(): Promise<void> {
    const { clock } = this.#parts
    while (!this.#stopping.signal.aborted) {
      this.#wake = new AbortController()
      const at = await this.#turn()
      const now = clock.now()
      const ended = AbortSignal.any([this.#wake.signal, this.#stopping.signal])
      if (at > now) await clock.sleep(at - now, ended)
    }
  }

  /** Does what is due. @returns when to look again */
  async #turn(): Promise<Instant> {
    const now = this.#parts.clock.now()
    const openAt = this.#limit.openAgainAt(now)
    if (this.#isHeld) return Number.POSITIVE_INFINITY
    if (openAt > now) return openAt
    const next = nextDelivery(this.#queue, now)
    if ('delivery' in next) {
      await this.#attempt(next.delivery)
      return now
    }
    const { channel } = this.open
    if (isStateChannel(channel) && this.#showAt <= now) await this.#show(channel)
    const showNext = isStateChannel(channel) ? this.#showAt : Number.POSITIVE_INFINITY
    return Math.min(next.dueAt ?? Number.POSITIVE_INFINITY, showNext)
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { clock, chance, save, onFailure } = this.#parts
    const { channel } = this.open
    const begun = { ...delivery, attempts: delivery.attempts + 1 }
    this.#replace(delivery, begun)
    this.#limit.sent(clock.now())
    try {
      await this.#withinTime(channel.tell(begun.notice))
      this.#replace(begun, null)
      save({ ...begun, state: 'delivered', deliveredAt: clock.now(), failure: null })
    } catch (failure) {
      if (this.#stopping.signal.aborted) return
      const after = afterFailure(begun, failure, clock.now(), chance())
      if (failure instanceof ChannelFailure && failure.retryAfter !== undefined)
        this.#limit.closedUntil(clock.now() + failure.retryAfter)
      this.#replace(begun, after.state === 'waiting' ? after : null)
      onFailure(channel, failure)
      save(after)
    }
  }

  /** Shows a channel of states what is open. */
  async #show(channel: StateChannel): Promise<void> {
    this.#showAt = this.#parts.clock.now() + channel.refreshEvery
    if (this.#shown.length === 0) return
    try {
      await this.#withinTime(channel.refresh(this.#shown))
    } catch (failure) {
      if (!this.#stopping.signal.aborted) this.#parts.onFailure(channel, failure)
    }
  }

  #replace(before: Delivery, after: Delivery | null): void {
    this.#queue = this.#queue.flatMap((one) => (one === before ? (after ?? []) : one))
  }

  async #withinTime(work: Promise<void>): Promise<void> {
    const { channel, timeout } = this.open
    const ended = new AbortController()
    const either = AbortSignal.any([ended.signal, this.#stopping.signal])
    const over = this.#parts.clock.sleep(timeout, either).then(() => {
      if (ended.signal.aborted) return
      const reason = `no answer within ${timeout / 1000} s`
      throw new ChannelFailure('KP_CHANNEL_UNREACHABLE', { channel: channel.id, reason })
    })
    try {
      await Promise.race([work, over])
    } finally {
      ended.abort()
      work.catch(() => undefined)
    }
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
