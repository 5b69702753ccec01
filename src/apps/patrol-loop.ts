import type { NodeView } from '../core/observe/node-view.ts'
import type { Observation } from '../core/observe/observation.ts'
import type { ObservationSource } from '../core/observe/observation-source.ts'
import type { IncidentStore } from '../core/keep/incident-store.ts'
import type { Incident } from '../core/incident/incident.ts'
import type { Finding } from '../core/detect/finding.ts'
import { emptyMemory, type PatrolMemory } from '../core/patrol/memory.ts'
import { patrolRound, type Round } from '../core/patrol/round.ts'
import { noticeOf } from '../core/tell/notice.ts'
import type { NotificationChannel } from '../core/tell/notification-channel.ts'
import { nothingTold } from '../core/tell/plan-telling.ts'
import type { Instant } from '../core/units/instant.ts'
import { createPatrolKeeper } from './patrol-keeper.ts'
import type { Telling } from './tell-loop.ts'

/** The instants of the rounds to come, each no sooner than it is due. */
export type RoundClock = AsyncIterable<Instant>

/** What a patrol works with. */
export interface PatrolParts {
  source: ObservationSource
  clock: RoundClock
  store: IncidentStore
  /** Told of every change at once, and never again: the terminal. */
  channels: readonly NotificationChannel[]
  /** Tells everybody else. */
  telling?: Telling
  /** Called when a channel fails; the patrol goes on. */
  onChannelFailure?: (channel: NotificationChannel, failure: unknown) => void
  /** Called when the store fails; the patrol goes on, and keeps later what it could not keep. */
  onStoreFailure?: (failure: unknown) => void
}

/** A patrol: observe, detect, explain, keep, tell, again and again. */
export interface Patrol {
  /** Goes on where an earlier process ended, until the clock has no more instants. @throws what a source throws. */
  run(): Promise<void>
  rounds(): number
  observedAt(): Instant | null
  nodes(): readonly NodeView[]
  findings(): readonly Finding[]
  /** The incidents that are open. */
  open(): readonly Incident[]
  /** What was observed in the last round; null before the first one. */
  observation(): Observation | null
  /** Calls back after every round until the returned function is called. */
  onRound(listener: () => void): () => void
}

/** Makes the loop around the pure round; all effects are in the parts it is given. */
export function createPatrol(parts: PatrolParts): Patrol {
  const { source, clock, store, channels, telling, onChannelFailure, onStoreFailure } = parts
  const keeper = createPatrolKeeper(store, (failure) => onStoreFailure?.(failure))
  const listeners = new Set<() => void>()
  let memory: PatrolMemory = emptyMemory
  let findings: readonly Finding[] = []
  let rounds = 0
  let observation: Observation | null = null

  async function tell(round: Round, at: Instant): Promise<void> {
    const told = telling?.plan(round.changes, round.memory.open, at)
    const isKept = await keeper.keep(
      round,
      told ?? { deliveries: { saved: [], merged: [] }, memory: nothingTold },
    )
    telling?.send(isKept)
    for (const notice of round.changes.map(noticeOf)) {
      for (const channel of channels)
        void channel.tell(notice).catch((failure: unknown) => onChannelFailure?.(channel, failure))
    }
  }

  async function run(): Promise<void> {
    const restored = await keeper.restore()
    memory = restored.memory
    await telling?.restore(restored.kept)
    for await (const at of clock) {
      const observed = await source.observe(at)
      const round = patrolRound(observed, memory)
      memory = round.memory
      findings = round.findings
      observation = observed
      rounds++
      await tell(round, observed.observedAt)
      for (const listener of listeners) listener()
    }
  }

  return {
    run,
    rounds: () => rounds,
    observedAt: () => observation?.observedAt ?? null,
    nodes: () => Object.values(memory.nodes).map(({ view }) => view),
    findings: () => findings,
    open: () => memory.open,
    observation: () => observation,
    onRound(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
