import { placementIndex } from '../core/forecast/elsewhere.ts'
import { forecastNode } from '../core/forecast/node-forecast.ts'
import type { NodeView } from '../core/observe/node-view.ts'
import type { Observation } from '../core/observe/observation.ts'
import type { ObservationSource } from '../core/observe/observation-source.ts'
import { emptyMemory } from '../core/patrol/memory.ts'
import { patrolRound } from '../core/patrol/round.ts'
import type { PlacementIndex } from '../core/placement/index-cluster.ts'
import { patrolReport, type PatrolReport } from '../core/report/patrol-report.ts'
import type { RoundClock } from './patrol-loop.ts'

/** What a single patrol saw and found. */
export interface PatrolledOnce {
  observation: Observation
  views: readonly NodeView[]
  /** The cluster as placing pods takes it; undefined while its nodes are not known. */
  elsewhere: PlacementIndex | undefined
  report: PatrolReport
}

/** Patrols for as many rounds as the clock gives, and reports what is so after the last one. */
export async function patrolOnce(
  source: ObservationSource,
  clock: RoundClock,
  { subject, serverVersion }: { subject: string; serverVersion: string | null },
): Promise<PatrolledOnce> {
  let memory = emptyMemory
  let last: { observation: Observation; round: ReturnType<typeof patrolRound> } | undefined
  for await (const at of clock) {
    const observation = await source.observe(at)
    const round = patrolRound(observation, memory)
    memory = round.memory
    last = { observation, round }
  }
  if (!last) throw new Error('a patrol without a round')
  const { observation, round } = last
  const elsewhere = placementIndex(observation)
  const views = Object.values(memory.nodes).map(({ view }) => view)
  return {
    observation,
    views,
    elsewhere,
    report: patrolReport({
      subject,
      serverVersion,
      observation,
      views,
      findings: round.findings,
      incidents: round.incidents,
      forecastOf: (view) => forecastNode(view, { elsewhere }),
    }),
  }
}
