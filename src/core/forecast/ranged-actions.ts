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

/** The same node simulated with its growth at the upper, the middle and the lower end of what is expected; played as far as it is asked for. */
export interface SimulatedRuns {
  fast: Iterable<SimulatedAction>
  middle: Iterable<SimulatedAction>
  slow: Iterable<SimulatedAction>
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
export function rangedActions(runs: SimulatedRuns, now: Instant): ForecastAction[] {
  const [fast, middle] = [replayable(runs.fast), replayable(runs.middle)]
  const told = firstOf(worthTelling(isEmpty(middle) ? fast : middle), MOST_ACTIONS)
  const instantIn = { fast: finderIn(fast), middle: finderIn(middle), slow: finderIn(runs.slow) }
  const seen = new Map<string, number>()
  return told.map((simulated) => {
    const action = withoutInstant(simulated)
    const key = signature(action)
    const turn = seen.get(key) ?? 0
    seen.set(key, turn + 1)
    const at = (run: keyof SimulatedRuns) => instantIn[run](key, turn)
    return { ...action, at: withPhase(at('fast'), at('middle'), at('slow'), PHASE[action.kind], now) }
  })
}

/** The same members each time, asked of the source once. */
function replayable<T>(source: Iterable<T>): Iterable<T> {
  const known: T[] = []
  const rest = source[Symbol.iterator]()
  return {
    *[Symbol.iterator]() {
      for (let index = 0; ; index++) {
        const next = index < known.length ? undefined : rest.next()
        if (next?.done) return
        if (next) known.push(next.value)
        yield known[index] as T
      }
    },
  }
}

function isEmpty(some: Iterable<unknown>): boolean {
  return some[Symbol.iterator]().next().done === true
}

function firstOf<T>(some: Iterable<T>, most: number): T[] {
  const first: T[] = []
  for (const one of some) if (first.push(one) >= most) break
  return first
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

function* worthTelling(actions: Iterable<SimulatedAction>): Generator<SimulatedAction, undefined> {
  let hasFailed = false
  for (const action of actions) {
    const { kind, victims, victimSet } = action
    const isPressure = kind === 'pressure' || kind === 'pressure-cleared'
    const isFirstFailure = kind === 'image-gc-failed' && !hasFailed
    if (victims.length + victimSet.length > 0 || isPressure) yield action
    else if (isFirstFailure) {
      hasFailed = true
      yield action
    }
  }
}

/** Finds when a run has an action for the so-and-so-many-th time, playing it no further than to there; null when it never has. */
function finderIn(run: Iterable<SimulatedAction>): (key: string, turn: number) => Instant | null {
  const rest = worthTelling(run)
  const instants = new Map<string, Instant[]>()
  return (key, turn) => {
    for (;;) {
      const known = instants.get(key)?.[turn]
      if (known !== undefined) return known
      const { value: action } = rest.next()
      if (!action) return null
      const own = signature(action)
      const before = instants.get(own)
      if (before) before.push(action.at)
      else instants.set(own, [action.at])
    }
  }
}

function signature({ kind, victims, victimSet }: Pick<SimulatedAction, 'kind' | 'victims' | 'victimSet'>) {
  const keys = (list: readonly Victim[]) =>
    list
      .map((victim) => (victim.kind === 'pod' ? victim.uid : victim.id))
      .toSorted((a, b) => (a < b ? -1 : 1))
  return JSON.stringify([kind, keys(victims), keys(victimSet)])
}
