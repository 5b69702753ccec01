import { expect, it } from 'vitest'
import type { EventObject } from '../world/objects.ts'
import { runFor } from '../world/run-scenario.contract.ts'
import { fleetThreeSick } from './fleet-three-sick.ts'

it('evicts on the three sick nodes and on no other', () => {
  const world = runFor(fleetThreeSick, 600)
  const evicted = world.objects.list<EventObject>('events').filter(({ reason }) => reason === 'Evicted')
  expect(evicted.map(({ source }) => source.host).toSorted()).toEqual(['node-017', 'node-250', 'node-499'])
  expect(world.objects.list('pods')).toHaveLength(6000)
}, 60_000)
