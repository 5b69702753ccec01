import type { Instant } from '../../units/instant.ts'
import type { SimulatedAction } from './action.ts'
import { passEviction } from './eviction-step.ts'
import { collectImages, detectPeriodically } from './image-step.ts'
import { admitArrivals } from './admission-step.ts'
import { collectContainers } from './container-step.ts'
import type { PERIOD, SimulatedKubelet, SimulationState } from './simulated-kubelet.ts'
import type { Step } from './step.ts'
import type { World } from './world.ts'

type Loop = keyof typeof PERIOD

/** Loops that are due at the same instant run in this order. */
const LOOPS: readonly Loop[] = ['imageGc', 'containerGc', 'detection', 'eviction']

const RUNS: Readonly<
  Record<Loop, (kubelet: SimulatedKubelet, world: World, state: SimulationState, at: Instant) => Step>
> = {
  imageGc: collectImages,
  containerGc: collectContainers,
  detection: detectPeriodically,
  eviction: passEviction,
}

/**
 * Runs a kubelet's loops until an instant (semantics §0.2), as discrete events: deterministic, and the
 * same whether it is run at once or split anywhere and gone on with.
 */
export function simulate(
  kubelet: SimulatedKubelet,
  world: World,
  from: SimulationState,
  until: Instant,
): Step {
  let state = from
  const actions: SimulatedAction[] = []
  for (;;) {
    const loop = earliest(state.next)
    const at = state.next[loop]
    const arrived = admitArrivals(kubelet, world, state, Math.min(at, until))
    actions.push(...arrived.actions)
    state = arrived.state
    if (at > until) return { state, actions }
    const step = RUNS[loop](kubelet, world, state, at)
    actions.push(...step.actions)
    state = step.state
  }
}

function earliest(next: SimulationState['next']): Loop {
  return LOOPS.reduce((first, loop) => (next[loop] < next[first] ? loop : first))
}
