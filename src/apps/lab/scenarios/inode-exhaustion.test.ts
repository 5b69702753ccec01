import { expect, it } from 'vitest'
import { events, runFor, saidBy } from '../world/run-scenario.contract.ts'
import { inodeExhaustion } from './inode-exhaustion.ts'

it('evicts the pod with the files for inodes, while bytes are plenty', () => {
  const world = runFor(inodeExhaustion, 900)
  expect(events(world).join('\n')).toMatch(/EvictionThresholdMet Node\/node-1 Attempting to reclaim inodes/)
  expect(events(world).join('\n')).toMatch(
    /Evicted Pod\/spool-57d6-\w+ The node was low on resource: inodes\. Threshold quantity: 327680, available: \d+\. $/m,
  )
  const evicted = world.objects.list('pods').find(({ status }) => status.reason === 'Evicted')
  expect(evicted?.status.conditions).toContainEqual(
    expect.objectContaining({ type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet' }),
  )
  const event = world.objects.list('events').find(({ reason }) => reason === 'Evicted')
  expect(event?.metadata.annotations).toMatchObject({ starved_resource: 'inodes', offending_containers: '' })
  expect(saidBy(world, 'node-1').join('\n')).toMatch(
    /"Eviction manager: pods ranked for eviction" pods=\["mail\/spool-57d6-\w+","mail\/web/,
  )
})
