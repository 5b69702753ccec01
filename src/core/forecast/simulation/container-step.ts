import {
  collectDeadContainers,
  type CollectedContainers,
} from '../../kubelet/container-gc/dead-containers.ts'
import { message } from '../../messages/message.ts'
import type { Instant } from '../../units/instant.ts'
import type { SimulatedAction } from './action.ts'
import { PERIOD, type SimulatedKubelet, type SimulationState } from './simulated-kubelet.ts'
import type { Step } from './step.ts'
import { containerVictim } from './victims.ts'
import type { DeadContainer, World } from './world.ts'

/** The collection of dead containers that runs every minute (semantics §2.2). */
export function collectContainers(
  kubelet: SimulatedKubelet,
  world: World,
  state: SimulationState,
  at: Instant,
): Step {
  const next = { ...state.next, containerGc: at + PERIOD.containerGc }
  const collected = collectable(kubelet, world.deadContainers(at, state.effects), at, 'periodic')
  const after = endCleanup(withoutContainers({ ...state, next }, collected, at), world, at)
  if (collected.removals.length === 0) return { state: after, actions: [] }
  const why = message('simulate.why.container-gc')
  return { state: after, actions: [{ at, kind: 'container-gc', ...victimsOf(collected), why }] }
}

/** The collection that the eviction manager asks for (semantics §2.6). */
export function reclaimContainers(
  kubelet: SimulatedKubelet,
  world: World,
  state: SimulationState,
  at: Instant,
): Step {
  const collected = collectable(kubelet, world.deadContainers(at, state.effects), at, 'eviction')
  const why = message('simulate.why.reclaim-containers')
  return {
    state: withoutContainers(state, collected, at),
    actions: [{ at, kind: 'reclaim-containers', ...victimsOf(collected), why }],
  }
}

type Collected = CollectedContainers<DeadContainer>

/** For the eviction manager a pod that has finished is gone too (semantics §2.3). */
function collectable(
  { containerGc }: SimulatedKubelet,
  dead: readonly DeadContainer[],
  at: Instant,
  mode: 'periodic' | 'eviction',
): Collected {
  const isGone = (one: DeadContainer) => one.isPodGone || (mode === 'eviction' && one.isPodFinished === true)
  const gone = new Set(dead.filter(isGone).map(({ podUid }) => podUid))
  return collectDeadContainers(dead, containerGc, {
    at,
    isPodGone: (podUid) => gone.has(podUid),
    areSourcesReady: true,
  })
}

function victimsOf({ removals, ties }: Collected): Pick<SimulatedAction, 'victims' | 'victimSet' | 'taken'> {
  const tied = new Set(ties.flatMap(({ among }) => among))
  const certain = removals.map(({ container }) => container).filter((container) => !tied.has(container))
  const total = (end: 'min' | 'max') => ties.reduce((sum, { count }) => sum + count[end], 0)
  return {
    victims: certain.map(containerVictim),
    victimSet: [...tied].map(containerVictim),
    ...(ties.length > 0 ? { taken: { min: total('min'), max: total('max') } } : {}),
  }
}

/** Containers that tie are of one age: which of them is taken for removed makes no difference to what follows. */
function withoutContainers(state: SimulationState, { removals }: Collected, at: Instant): SimulationState {
  if (removals.length === 0) return state
  const removedContainers = new Map([
    ...state.effects.removedContainers,
    ...removals.map(({ container }) => [container.id, at] as const),
  ])
  return { ...state, effects: { ...state.effects, removedContainers } }
}

/** The eviction manager looks once a second whether the evicted pod's resources are gone, and then goes on at once (semantics §3.6 step 19). */
function endCleanup(state: SimulationState, world: World, at: Instant): SimulationState {
  const { cleaningUp } = state
  if (!cleaningUp) return state
  const left = world.deadContainers(at, state.effects).some(({ podUid }) => cleaningUp.uids.includes(podUid))
  if (left) return state
  const eviction = Math.min(state.next.eviction, at + 1000)
  return { ...state, cleaningUp: null, next: { ...state.next, eviction } }
}
