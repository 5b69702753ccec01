import { expect, it } from 'vitest'
import { Pod } from '../../core/kubernetes/pod.ts'
import { handedRounds } from '../../core/observe/agents/handed-rounds.ts'
import type { NodeObservation } from '../../core/observe/observation.ts'
import { emptyMemory } from '../../core/patrol/memory.ts'
import { patrolRound } from '../../core/patrol/round.ts'
import { handingOver } from './hand-over.ts'

const pod = (name: string, nodeName: string, priority: number) =>
  Pod.parse({ metadata: { name, uid: name }, spec: { nodeName, priority, containers: [{ name: 'c' }] } })
const node: NodeObservation = { name: 'n1', imageNames: {}, nodefs: [], facts: [] }
const source = {
  sample: async () => ({}),
  observe: async (observedAt: number) => ({ observedAt, cluster: {}, nodes: [node] }),
}

/** What the agent observes in the round after the first, which is handed over in the meantime. */
async function secondRound(controller: ReturnType<typeof handedRounds>) {
  const agent = handingOver(source, controller, { every: 10_000, onHanding: () => undefined })
  await agent.observe(1)
  await new Promise(setImmediate)
  return agent.observe(2)
}

it('knows the pods of its node by what the controller told, and none of the cluster', async () => {
  const controller = handedRounds(() => 0)
  controller.know({
    value: [pod('low', 'n1', 1), pod('high', 'n1', 9), pod('elsewhere', 'n2', 0)],
    source: 'watch',
    observedAt: 0,
  })
  const observation = await secondRound(controller)
  const { view } = patrolRound(observation, emptyMemory).memory.nodes['n1'] ?? {}
  expect(view?.pods?.value.map(({ metadata, spec }) => [metadata.name, spec.priority])).toEqual([
    ['low', 1],
    ['high', 9],
  ])
  expect(observation.cluster).toEqual({})
})

it('does not hand back what it was told', async () => {
  const controller = handedRounds(() => 0)
  controller.know({ value: [pod('low', 'n1', 1)], source: 'watch', observedAt: 0 })
  await secondRound(controller)
  expect(controller.collect().get('n1')?.node.pods).toBeUndefined()
})

it('observes as ever where the controller knows no pods', async () => {
  const observation = await secondRound(handedRounds(() => 0))
  expect(observation.nodes).toEqual([node])
})
