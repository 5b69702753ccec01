import type { SimulatedAction } from './action.ts'
import type { SimulationState } from './simulated-kubelet.ts'

/** What comes of a step: the state after it, and what was done. */
export interface Step {
  state: SimulationState
  actions: readonly SimulatedAction[]
}
