import { expect, it } from 'vitest'
import { runFor } from '../world/run-scenario.contract.ts'
import { fleetThreeSick } from './fleet-three-sick.ts'

it('evicts on the three sick nodes and on no other', () => {
  const world = runFor(fleetThreeSick, 600)
  const evicted = world.objects.list('events').filter(({ reason }) => reason === 'Evicted')
  const hosts = new Set(evicted.map(({ source }) => source.host))
  expect(hosts).toEqual(new Set(['node-017', 'node-250', 'node-499']))
  expect(world.objects.list('pods')).toHaveLength(6000)
}, 60_000)
