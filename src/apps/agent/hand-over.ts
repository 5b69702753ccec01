import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { controllerClient } from '../../adapters/observe/controller/controller-client.ts'
import { systemClock } from '../../adapters/observe/kubernetes-api/system-clock.ts'
import type { Controller } from '../../core/observe/agents/agent-round.ts'
import { roundOutbox } from '../../core/observe/agents/round-outbox.ts'
import type { Gap } from '../../core/observe/gap.ts'
import type { Duration } from '../../core/units/duration.ts'
import type { AgentChoice } from './agent-options.ts'
import type { NodeSource } from './node-source.ts'

/** Told when the controller takes no rounds any more, and when it takes them again. */
export type OnHanding = (gap: Gap | undefined) => void

/**
 * A source whose observations go to a controller, too. Nobody waits for it: when it is out of reach, that is a gap
 * of the next observation, and the agent goes on alone. What it tells of the node's pods is in the next observation.
 */
export function handingOver(
  source: NodeSource,
  controller: Controller,
  { every, onHanding }: { every: Duration; onHanding: OnHanding },
): NodeSource {
  const outbox = roundOutbox(controller, { run: randomUUID(), every })
  let saidLast: Gap | undefined
  const hand = async () => {
    await outbox.hand()
    const gap = outbox.gap()
    if (gap?.why !== saidLast?.why) onHanding(gap)
    saidLast = gap
  }
  return {
    sample: () => source.sample(),
    async observe(at) {
      const observation = await source.observe(at)
      outbox.add(observation)
      const gap = outbox.gap()
      void hand()
      const told = outbox.told()
      return {
        ...observation,
        // Of the node, not of the cluster: nobody is to take the pods of one node for all there are.
        nodes: observation.nodes.map((node) => ({ ...node, ...told })),
        ...(gap && { gaps: [...(observation.gaps ?? []), gap] }),
      }
    },
  }
}

/** The controller that the options name, by HTTPS. Token and authority are read each time: both are replaced while in use. */
export function chosenController(
  { controller: url, controllerToken, controllerCa }: AgentChoice & { controller: URL },
  signal: AbortSignal,
): Controller {
  return controllerClient(
    {
      url,
      token: async () => (await readFile(controllerToken, 'utf8')).trim(),
      authorities: async () => (controllerCa === undefined ? undefined : readFile(controllerCa, 'utf8')),
    },
    { clock: systemClock, random: Math.random, signal },
  )
}
