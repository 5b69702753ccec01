import type { Duration } from '../../units/duration.ts'
import type { Gap } from '../gap.ts'
import type { Observation } from '../observation.ts'
import { isNotTaken, type AgentRound, type Controller, type Told } from './agent-round.ts'
import { joinRounds } from './handed-rounds.ts'

/** Rounds that wait for the controller to take them. */
export interface RoundOutbox {
  /** Adds what was observed; nothing is sent yet. */
  add(observation: Observation): void
  /** Hands over what waits, unless that goes on already. Ends when all is taken, or something is not. */
  hand(): Promise<void>
  /** Why the last round that was handed over was not taken; absent when it was, or none was. */
  gap(): Gap | undefined
  /** What the controller told last; absent where it knew nothing yet. */
  told(): Told | undefined
}

/**
 * Keeps what a controller has not taken. A round whose answer was lost may have been taken: it is handed over
 * again as it was, and what comes in the meantime is joined into the round after it. So at most two rounds wait,
 * however long nobody takes them.
 * @param run names this run of the agent
 */
export function roundOutbox(
  controller: Controller,
  { run, every }: { run: string; every: Duration },
): RoundOutbox {
  let number = 0
  let tried: AgentRound | undefined
  let waiting: Pick<AgentRound, 'observedAt' | 'node' | 'gaps'> | undefined
  let isHanding = false
  let lastGap: Gap | undefined
  let told: Told | undefined

  function next(): AgentRound | undefined {
    if (tried === undefined && waiting !== undefined) {
      tried = { run, number: ++number, every, ...waiting }
      waiting = undefined
    }
    return tried
  }

  return {
    add({ observedAt, nodes: [node], gaps = [] }) {
      if (node === undefined) return
      waiting = { observedAt, node: joinRounds(waiting?.node, node), gaps }
    },
    async hand() {
      if (isHanding) return
      isHanding = true
      try {
        for (let round = next(); round !== undefined; round = next()) {
          const answer = await controller.hand(round)
          const isTaken = !isNotTaken(answer)
          lastGap = isTaken ? undefined : answer.gap
          if (isTaken) told = answer ?? told
          // What is never taken must not hold up what comes after it.
          if (isTaken || !answer.mayBeTakenLater) tried = undefined
          if (!isTaken) return
        }
      } finally {
        isHanding = false
      }
    },
    gap: () => lastGap,
    told: () => told,
  }
}
