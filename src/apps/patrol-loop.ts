import type { NodeView } from '../core/observe/node-view.ts'
import type { Observation } from '../core/observe/observation.ts'
import type { ObservationSource } from '../core/observe/observation-source.ts'
import type { IncidentStore } from '../core/keep/incident-store.ts'
import type { Finding } from '../core/detect/finding.ts'
import { emptyMemory, type PatrolMemory } from '../core/patrol/memory.ts'
import { patrolRound } from '../core/patrol/round.ts'
import type { NotificationChannel } from '../core/tell/notification-channel.ts'
import type { Instant } from '../core/units/instant.ts'

/** The instants of the rounds to come, each no sooner than it is due. */
export type RoundClock = AsyncIterable<Instant>

/** What a patrol works with. */
export interface PatrolParts {
  source: ObservationSource
  clock: RoundClock
  store: IncidentStore
  channels: readonly NotificationChannel[]
  /** Called when a channel fails; the patrol goes on. */
  onChannelFailure?: (channel: NotificationChannel, failure: unknown) => void
}

/** A patrol: observe, detect, explain, keep, tell, again and again. */
export interface Patrol {
  /** Runs until the clock has no more instants. @throws what a source or store throws. */
  run(): Promise<void>
  rounds(): number
  observedAt(): Instant | null
  nodes(): readonly NodeView[]
  findings(): readonly Finding[]
  /** What was observed in the last round; null before the first one. */
  observation(): Observation | null
  /** Calls back after every round until the returned function is called. */
  onRound(listener: () => void): () => void
}

/** Makes the loop around the pure round; all effects are in the parts it is given. */
export function createPatrol({ source, clock, store, channels, onChannelFailure }: PatrolParts): Patrol {
  const listeners = new Set<() => void>()
  let memory: PatrolMemory = emptyMemory
  let findings: readonly Finding[] = []
  let rounds = 0
  let observation: Observation | null = null

  async function run(): Promise<void> {
    for await (const at of clock) {
      const observed = await source.observe(at)
      const round = patrolRound(observed, memory)
      memory = round.memory
      findings = round.findings
      observation = observed
      rounds++
      await store.saveIncidents(round.incidents)
      for (const change of round.changes) {
        await store.recordChange(change)
        for (const channel of channels) {
          void channel.tell(change).catch((failure: unknown) => onChannelFailure?.(channel, failure))
        }
      }
      for (const listener of listeners) listener()
    }
  }

  return {
    run,
    rounds: () => rounds,
    observedAt: () => observation?.observedAt ?? null,
    nodes: () => Object.values(memory.nodes).map(({ view }) => view),
    findings: () => findings,
    observation: () => observation,
    onRound(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
