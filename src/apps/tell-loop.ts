import type { Incident } from '../core/incident/incident.ts'
import type { KeptDeliveries, KeptMemory, OutboxStore } from '../core/keep/incident-store.ts'
import { message } from '../core/messages/message.ts'
import { newDelivery, type Delivery } from '../core/tell/delivery.ts'
import type { IncidentChange } from '../core/tell/incident-change.ts'
import { briefOf, noticeOf, type Notice } from '../core/tell/notice.ts'
import { isStateChannel, type NotificationChannel } from '../core/tell/notification-channel.ts'
import { nothingTold, planTelling, type TellingLimits } from '../core/tell/plan-telling.ts'
import { isRouted, routed } from '../core/tell/route.ts'
import type { Instant } from '../core/units/instant.ts'
import type { DeliveryClock } from './delivery-clock.ts'
import { startLine, type DeliveryLine, type OpenChannel } from './delivery-line.ts'
import type { KeptWithRound } from './patrol-keeper.ts'

/** What telling works with. */
export interface TellingParts {
  channels: readonly OpenChannel[]
  limits: TellingLimits
  store: OutboxStore
  clock: DeliveryClock
  /** From 0 to 1; decides how far retries are spread. */
  chance: () => number
  onChannelFailure: (channel: NotificationChannel, failure: unknown) => void
  onStoreFailure: (failure: unknown) => void
}

/** Tells through channels, apart from the patrol: none of it waits for a channel. */
export interface Telling {
  /** Goes on with what an earlier process kept. */
  restore(kept: KeptMemory): Promise<void>
  /** What a round has to tell, to be kept with it; nothing is sent before `send`. */
  plan(changes: readonly IncidentChange[], open: readonly Incident[], at: Instant): KeptWithRound
  /** @param isKept whether what was planned could be kept; if not, it is kept with the next round */
  send(isKept: boolean): void
  /** How many deliveries wait. */
  waiting(): number
  stop(): Promise<void>
}

/** Starts a line for every channel. */
export function startTelling(parts: TellingParts): Telling {
  const { limits, store, clock, chance, onChannelFailure, onStoreFailure } = parts
  let memory = nothingTold
  let isKept = true
  const save = async (deliveries: KeptDeliveries) => {
    try {
      await store.saveDeliveries(deliveries)
    } catch (failure) {
      onStoreFailure(failure)
    }
  }
  const results = inBatches((saved) => save({ saved, merged: [] }))
  const lines = parts.channels.map((open) =>
    startLine({ open, clock, chance, save: results.add, onFailure: onChannelFailure }),
  )
  return {
    async restore(kept) {
      memory = kept.telling
      const names = new Set(lines.map(({ open }) => open.channel.id))
      const gone = kept.waiting.filter(({ channel }) => !names.has(channel)).map(givenUp)
      const waiting = kept.waiting.map(perhapsSent)
      const all = lines.map((line) =>
        line.add(waiting.filter(({ channel }) => channel === line.open.channel.id)),
      )
      await save({
        saved: [...all.flatMap(({ saved }) => saved), ...gone],
        merged: all.flatMap((one) => one.merged),
      })
      for (const line of lines) line.go()
    },
    plan(changes, open, at) {
      const planned = planTelling(changes, memory, at, limits)
      memory = planned.memory
      const now = clock.now()
      const all = lines.map((line) => {
        const isState = isStateChannel(line.open.channel)
        const notices = isState ? changes.map(noticeOf) : planned.notices
        if (isState) line.show(openFor(line, open))
        return line.add(deliveriesFor(line, notices, now))
      })
      const saved = isKept ? all.flatMap((one) => one.saved) : lines.flatMap((line) => line.waiting())
      return { deliveries: { saved, merged: all.flatMap(({ merged }) => merged) }, memory }
    },
    send(kept) {
      isKept = kept
      for (const line of lines) line.go()
    },
    waiting: () => lines.reduce((sum, line) => sum + line.waiting().length, 0),
    async stop() {
      await Promise.all(lines.map((line) => line.stop()))
      await results.done()
    },
  }
}

/** Hands on what comes in while the last batch is under way as the next one. */
function inBatches(save: (batch: Delivery[]) => Promise<void>) {
  let batch: Delivery[] = []
  let running: Promise<void> | null = null
  async function run(): Promise<void> {
    while (batch.length > 0) {
      const now = batch
      batch = []
      await save(now)
    }
    running = null
  }
  return {
    add(delivery: Delivery) {
      batch.push(delivery)
      running ??= Promise.resolve().then(run)
    },
    done: async () => running ?? undefined,
  }
}

/** Nobody knows whether a process that was killed had sent it already: it stays as it is, and is not merged. */
function perhapsSent(delivery: Delivery): Delivery {
  return { ...delivery, attempts: Math.max(delivery.attempts, 1) }
}

function deliveriesFor({ open }: DeliveryLine, notices: readonly Notice[], now: Instant): Delivery[] {
  const told = notices.map((notice) => routed(notice, open.route)).filter((notice) => notice !== null)
  return told.map((notice) => newDelivery(open.channel.id, notice, now))
}

function openFor({ open: { route } }: DeliveryLine, incidents: readonly Incident[]) {
  return incidents.map(briefOf).filter((brief) => isRouted(brief, route))
}

function givenUp(delivery: Delivery): Delivery {
  return { ...delivery, state: 'failed', failure: message('channel.gone', { channel: delivery.channel }) }
}
