import type { Pod } from '../../kubernetes/pod.ts'
import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import type { Gap } from '../gap.ts'
import type { NodeObservation, Part } from '../observation.ts'

/** What an agent saw of its node in one round, or in several that nobody took. */
export interface AgentRound {
  /** Names this run of the agent, by chance: its rounds are numbered. */
  run: string
  /** From 1, growing. A round that is handed over again keeps its number, and counts once. */
  number: number
  /** By the clock of the node. */
  observedAt: Instant
  /** The time between two rounds of this agent: who misses several is silent. */
  every: Duration
  /** Facts and readings are those since the round that was handed over before. */
  node: NodeObservation
  /** What could not be seen of the node. */
  gaps: readonly Gap[]
}

/** Where agents hand over what they see. */
export interface Controller {
  /**
   * Hands over a round of the node that it names. Nothing of it throws.
   * @returns once it is taken what is known of the node elsewhere, undefined where nothing is; else why it is not taken.
   */
  hand(round: AgentRound): Promise<Told | NotTaken | undefined>
}

/** What an agent cannot see of its own node, and a controller knows from the API server. */
export interface Told {
  /** The pods of the node, with priorities and requests; the clock is the controller's. */
  pods: Part<readonly Pod[]>
}

/** A round that was not taken. */
export interface NotTaken {
  gap: Gap
  /** Whether the same round may be taken later; one that is too large or not understood never is. */
  mayBeTakenLater: boolean
}

/** Whether a round was not taken. */
export function isNotTaken(answer: Told | NotTaken | undefined): answer is NotTaken {
  return answer !== undefined && 'gap' in answer
}
