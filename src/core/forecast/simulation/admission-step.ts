import { isAdmitted } from '../../kubelet/eviction/pods.ts'
import { message } from '../../messages/message.ts'
import type { Instant } from '../../units/instant.ts'
import type { SimulatedAction } from './action.ts'
import type { SimulatedKubelet, SimulationState } from './simulated-kubelet.ts'
import type { Step } from './step.ts'
import { podVictim } from './victims.ts'
import type { World } from './world.ts'

/** Admits or refuses the pods that were bound since the last look (semantics §3.12). */
export function admitArrivals(
  _kubelet: SimulatedKubelet,
  world: World,
  state: SimulationState,
  until: Instant,
): Step {
  const conditions = state.hasDiskPressure ? (['DiskPressure'] as const) : []
  const arrived = world.arrivals(state.admittedUntil, until)
  const refused = arrived.filter(({ pod }) => !isAdmitted(pod, conditions))
  const actions = refused.map(({ at, pod }): SimulatedAction => ({
    at,
    kind: 'reject-pod',
    victims: [podVictim(pod)],
    victimSet: [],
    why: message('simulate.why.rejected'),
  }))
  const admittedUntil = Math.max(state.admittedUntil, until)
  if (refused.length === 0) return { state: { ...state, admittedUntil }, actions }
  const rejected = new Set([...state.effects.rejected, ...refused.map(({ pod }) => pod.uid)])
  return { state: { ...state, admittedUntil, effects: { ...state.effects, rejected } }, actions }
}
