import { message } from '../../messages/message.ts'
import type { Instant } from '../../units/instant.ts'
import type { SimulatedAction } from './action.ts'
import { PERIOD, type SimulatedKubelet, type SimulationState } from './simulated-kubelet.ts'
import type { Step } from './step.ts'
import { containerVictim } from './victims.ts'
import type { DeadContainer, World } from './world.ts'

/** The collection of dead containers that runs every minute (semantics §2.2). */
export function collectContainers(
  _kubelet: SimulatedKubelet,
  world: World,
  state: SimulationState,
  at: Instant,
): Step {
  const next = { ...state.next, containerGc: at + PERIOD.containerGc }
  const removed = collectable(world.deadContainers(at, state.effects))
  if (removed.length === 0) return { state: endCleanup({ ...state, next }, world, at), actions: [] }
  const action: SimulatedAction = {
    at,
    kind: 'container-gc',
    victims: removed.map(containerVictim),
    victimSet: [],
    why: message('simulate.why.container-gc'),
  }
  const after = endCleanup(withoutContainers({ ...state, next }, removed, at), world, at)
  return { state: after, actions: [action] }
}

/** The collection that the eviction manager asks for (semantics §2.6). */
export function reclaimContainers(world: World, state: SimulationState, at: Instant): Step {
  const removed = collectable(world.deadContainers(at, state.effects))
  const action: SimulatedAction = {
    at,
    kind: 'reclaim-containers',
    victims: removed.map(containerVictim),
    victimSet: [],
    why: message('simulate.why.reclaim-containers'),
  }
  return { state: withoutContainers(state, removed, at), actions: [action] }
}

/** Of a pod that is gone all go, of another all but the newest of each container (semantics §2.2, default limits). */
function collectable(dead: readonly DeadContainer[]): DeadContainer[] {
  return dead.filter(
    (one) =>
      one.isPodGone ||
      dead.some(
        (other) => other.podUid === one.podUid && other.name === one.name && other.createdAt > one.createdAt,
      ),
  )
}

function withoutContainers(
  state: SimulationState,
  removed: readonly DeadContainer[],
  at: Instant,
): SimulationState {
  if (removed.length === 0) return state
  const removedContainers = new Map([
    ...state.effects.removedContainers,
    ...removed.map(({ id }) => [id, at] as const),
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
