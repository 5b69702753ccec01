import { forecastNode, type NodeForecast } from '../../../src/core/forecast/node-forecast.ts'
import type { ForecastAction } from '../../../src/core/forecast/ranged-actions.ts'
import type { Victim } from '../../../src/core/forecast/simulation/action.ts'
import { readObservation } from '../../../src/core/observe/observation-file.ts'
import type { Observation } from '../../../src/core/observe/observation.ts'
import { emptyMemory } from '../../../src/core/patrol/memory.ts'
import { patrolRound } from '../../../src/core/patrol/round.ts'
import type { Instant } from '../../../src/core/units/instant.ts'
import type { Act, KubeletActs } from './kubelet-acts.ts'

const HORIZON_MS = 3_600_000

/**
 * The forecast that is made at an instant from what an agent observed, a line of JSON for each observation.
 * @param cluster what the API server said before then, which a controller joins with it; without it the agent is alone
 */
export function forecastAt(
  observations: string,
  at: Instant,
  cluster: Observation['cluster'] = {},
): NodeForecast {
  let memory = emptyMemory
  for (const line of observations.split('\n')) {
    if (line === '') continue
    const read = readObservation(line)
    if ('problem' in read) throw new Error(`an observation cannot be read: ${read.problem}`)
    if (read.observation.observedAt > at) break
    const { observedAt } = read.observation
    const known = isKnownAt(observedAt, cluster) ? cluster : {}
    memory = patrolRound({ ...read.observation, cluster: known }, memory).memory
  }
  const [node] = Object.values(memory.nodes)
  if (!node) throw new Error('nothing was observed before the forecast')
  return forecastNode(node.view, { horizon: HORIZON_MS })
}

const isKnownAt = (at: Instant, { pods }: Observation['cluster']) =>
  pods !== undefined && pods.observedAt <= at

/** One thing that the kubelet did, and the same in the forecast. */
export interface Foretold {
  act: Act
  /** Absent where the forecast has no such action. */
  action: ForecastAction | undefined
  /** Whether it takes the same pod, or the same images: those for sure, and none but those that may be. */
  isRight: boolean
  isInTime: boolean
}

/** Goes through what the kubelet did after a forecast: the n-th of its evictions is the n-th that was forecast, and so its collections. */
export function compareAhead(forecast: NodeForecast, { acts }: KubeletActs): Foretold[] {
  const foretold = {
    pod: forecast.actions.filter(({ kind }) => kind === 'evict-pod'),
    images: forecast.actions.filter(
      ({ kind, victims, victimSet }) =>
        ['image-gc', 'image-gc-failed', 'reclaim-images'].includes(kind) &&
        victims.length + victimSet.length > 0,
    ),
  }
  return acts
    .filter(({ at }) => at > forecast.madeAt)
    .map((act) => {
      const action = foretold[act.kind].shift()
      return {
        act,
        action,
        isRight: action !== undefined && isSame(act, action),
        isInTime: action !== undefined && isWithin(act.at, action),
      }
    })
}

function isSame(act: Act, { victims, victimSet, taken }: ForecastAction): boolean {
  const took = act.kind === 'pod' ? [act.uid] : act.images.map(({ id }) => id)
  const keys = (some: readonly Victim[]) => some.map((one) => (one.kind === 'pod' ? one.uid : one.id))
  const possible = new Set([...keys(victims), ...keys(victimSet)])
  const ofSet = took.length - victims.length
  return (
    took.every((key) => possible.has(key)) &&
    keys(victims).every((key) => took.includes(key)) &&
    (taken === undefined || (taken.min <= ofSet && ofSet <= taken.max))
  )
}

function isWithin(at: Instant, { at: { p10, p90 } }: ForecastAction): boolean {
  return p10 !== null && p10 <= at && (p90 === null || at <= p90)
}
