import { expect, it } from 'vitest'
import { events, pods, runFor, saidBy } from '../world/run-scenario.contract.ts'
import { logFlood } from './log-flood.ts'

it('fills the disk with a log that docker does not rotate; its pod is evicted, and its replacements are refused', () => {
  const world = runFor(logFlood, 1200)
  expect(events(world).join('\n')).toMatch(
    /Evicted Pod\/worker-6f9b-\w+ The node was low on resource: ephemeral-storage\. Container worker was using \d+\w*, which exceeds its request of 0\. /,
  )
  expect(saidBy(world, 'node-1').join('\n')).toMatch(
    /Failed to admit pod worker-6f9b-\w+_shop\(…\) - node has conditions: \[DiskPressure\]/,
  )
  expect(
    pods(world)
      .filter((pod) => pod.startsWith('shop/web'))
      .every((pod) => pod.endsWith('Running')),
  ).toBe(true)
})
