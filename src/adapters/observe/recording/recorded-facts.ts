import type { Fact } from '../../../core/explain/facts/fact.ts'
import { kubernetesEventRecord } from '../../../core/explain/frame/kubernetes-event.ts'
import { readFacts } from '../../../core/explain/read-facts.ts'
import { parseInstant, type Instant } from '../../../core/units/instant.ts'
import type { Snapshot } from './snapshot.ts'

/** A fact with the instant from which a replay may know it. */
export interface TimedFact {
  knownAt: Instant
  fact: Fact
}

/**
 * What the events of all snapshots state. An event is known from its first instant on; that it was
 * repeated, only once a snapshot shows it.
 */
export function eventFacts(snapshots: readonly Snapshot[], nodeName: string): TimedFact[] {
  const known = new Set<string>()
  return snapshots.flatMap((snapshot) =>
    snapshot.events.flatMap((event, index) => {
      const source = { file: `${snapshot.name}-objects.json`, line: index + 1 }
      const id = event.metadata.uid ?? event.metadata.name
      const first = known.has(id) ? [] : factsOf(event, source, nodeName)
      known.add(id)
      const again = lastStatement(event)
      const repeated =
        again === undefined
          ? []
          : factsOf(again, source, nodeName).map((timed) => ({
              ...timed,
              knownAt: Math.max(timed.knownAt, snapshot.at),
            }))
      return [...first, ...repeated]
    }),
  )
}

function factsOf(
  event: Snapshot['events'][number],
  source: { file: string; line: number },
  node: string,
): TimedFact[] {
  const record = kubernetesEventRecord(event, { ...source, node })
  return readFacts(record).flatMap((fact) => (fact.at === null ? [] : [{ knownAt: fact.at, fact }]))
}

/** The event as it was stated last, when that was later than at first. */
function lastStatement(event: Snapshot['events'][number]): Snapshot['events'][number] | undefined {
  const first = parseInstant(event.firstTimestamp ?? '')
  const last = parseInstant(event.lastTimestamp ?? '')
  if (first === undefined || last === undefined || last <= first) return undefined
  return { ...event, firstTimestamp: event.lastTimestamp }
}
