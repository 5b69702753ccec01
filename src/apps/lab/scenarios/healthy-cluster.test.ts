import { expect, it } from 'vitest'
import { events, pods, runFor, saidBy } from '../world/run-scenario.contract.ts'
import { healthyCluster } from './healthy-cluster.ts'

it('runs for half an hour, its logs rotate, and no kubelet has anything to say', () => {
  const world = runFor(healthyCluster, 1800)
  for (const node of world.kubelets.keys()) expect(saidBy(world, node)).toEqual([])
  expect(pods(world).every((pod) => pod.endsWith('Running'))).toBe(true)
  const told = new Set(events(world).map((event) => event.split(' ')[0]))
  expect(told).toEqual(new Set(['SuccessfulCreate', 'Scheduled', 'Pulled', 'Created', 'Started']))
  const summary = world.kubelets.get('node-1')?.summary() as {
    pods: { containers: { logs: { usedBytes: number } }[] }[]
  }
  const bytes = summary.pods[0]?.containers[0]?.logs.usedBytes ?? 0
  // 360 MB were written; what is kept stays below twice the limit of one file and what is compressed.
  expect(bytes).toBeGreaterThan(10_000_000)
  expect(bytes).toBeLessThan(35_000_000)
})
