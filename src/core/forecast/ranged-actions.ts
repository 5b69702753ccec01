import type { Duration } from '../units/duration.ts'
import type { Instant } from '../units/instant.ts'
import type { ActionKind, SimulatedAction, Victim } from './simulation/action.ts'
import { PERIOD } from './simulation/simulated-kubelet.ts'

/** When something happens: one time in ten before `p10`, as likely before as after `p50`; null when not within the horizon. */
export interface InstantRange {
  p10: Instant | null
  p50: Instant | null
  p90: Instant | null
}

/** What the kubelet will do, and when. */
export interface ForecastAction extends Omit<SimulatedAction, 'at' | 'spared'> {
  at: InstantRange
}

/** The same node simulated with its growth at the upper, the middle and the lower end of what is expected. */
export interface SimulatedRuns {
  fast: readonly SimulatedAction[]
  middle: readonly SimulatedAction[]
  slow: readonly SimulatedAction[]
}

/** More than this a person does not read, and what comes so late depends on what was done about the first. */
const MOST_ACTIONS = 40

/** Nothing tells at which second of its period a loop of the kubelet runs (semantics §0.2). */
const PHASE: Readonly<Record<ActionKind, Duration>> = {
  'image-gc': PERIOD.imageGc,
  'image-gc-failed': PERIOD.imageGc,
  'container-gc': PERIOD.containerGc,
  'reclaim-images': PERIOD.eviction,
  'reclaim-containers': PERIOD.eviction,
  'evict-pod': PERIOD.eviction,
  pressure: PERIOD.eviction,
  'pressure-cleared': PERIOD.eviction,
  'reject-pod': 0,
}

/**
 * The actions of the middle run, or of the fast one where only that has any, each with the instants at
 * which the other runs have the same one. What takes nothing is told once.
 */
export function rangedActions({ fast, middle, slow }: SimulatedRuns, now: Instant): ForecastAction[] {
  const told = worthTelling(middle.length > 0 ? middle : fast).slice(0, MOST_ACTIONS)
  const instants = { fast: instantsOf(fast), middle: instantsOf(middle), slow: instantsOf(slow) }
  const seen = new Map<string, number>()
  return told.map((simulated) => {
    const action = withoutInstant(simulated)
    const key = signature(action)
    const turn = seen.get(key) ?? 0
    seen.set(key, turn + 1)
    const at = (run: keyof SimulatedRuns) => instants[run].get(key)?.[turn] ?? null
    return { ...action, at: withPhase(at('fast'), at('middle'), at('slow'), PHASE[action.kind], now) }
  })
}

function withoutInstant({ kind, victims, victimSet, taken, wantedBytes, freedBytes, why }: SimulatedAction) {
  return {
    kind,
    victims,
    victimSet,
    why,
    ...(taken === undefined ? {} : { taken }),
    ...(wantedBytes === undefined ? {} : { wantedBytes }),
    ...(freedBytes === undefined ? {} : { freedBytes }),
  }
}

/** A loop may run up to a period earlier or later than simulated, but not before now. */
function withPhase(
  fast: Instant | null,
  middle: Instant | null,
  slow: Instant | null,
  phase: Duration,
  now: Instant,
): InstantRange {
  const [first, last] = [fast ?? middle, middle === null ? null : slow]
  const earliest = first === null ? null : Math.min(first, middle ?? first)
  return {
    p10: earliest === null ? null : Math.max(now, earliest - phase),
    p50: middle,
    p90: last === null ? null : Math.max(last, middle ?? last) + phase,
  }
}

function worthTelling(actions: readonly SimulatedAction[]): SimulatedAction[] {
  const tried = new Set<ActionKind>()
  return actions.filter(({ kind, victims, victimSet }) => {
    if (victims.length + victimSet.length > 0 || kind === 'pressure' || kind === 'pressure-cleared')
      return true
    if (kind !== 'image-gc-failed' || tried.has(kind)) return false
    tried.add(kind)
    return true
  })
}

function instantsOf(actions: readonly SimulatedAction[]): Map<string, Instant[]> {
  const instants = new Map<string, Instant[]>()
  for (const action of worthTelling(actions)) {
    const key = signature(action)
    instants.set(key, [...(instants.get(key) ?? []), action.at])
  }
  return instants
}

function signature({ kind, victims, victimSet }: Pick<SimulatedAction, 'kind' | 'victims' | 'victimSet'>) {
  const keys = (list: readonly Victim[]) =>
    list
      .map((victim) => (victim.kind === 'pod' ? victim.uid : victim.id))
      .toSorted((a, b) => (a < b ? -1 : 1))
  return JSON.stringify([kind, keys(victims), keys(victimSet)])
}
