import { expect, it } from 'vitest'
import type { EventObject } from '../world/objects.ts'
import { runFor } from '../world/run-scenario.contract.ts'
import { fleetLogStorm } from './fleet-log-storm.ts'

it('brings all nodes under pressure within minutes of each other', () => {
  const world = runFor(fleetLogStorm, 900)
  const under = world.objects
    .list<EventObject>('events')
    .filter(({ reason }) => reason === 'NodeHasDiskPressure')
  expect(new Set(under.map(({ source }) => source.host)).size).toBe(100)
  const instants = under.map(({ firstTimestamp }) => Date.parse(firstTimestamp))
  expect(Math.max(...instants) - Math.min(...instants)).toBeLessThan(300_000)
}, 60_000)
