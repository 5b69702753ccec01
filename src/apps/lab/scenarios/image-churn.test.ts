import { expect, it } from 'vitest'
import { events, pods, runFor, saidBy } from '../world/run-scenario.contract.ts'
import { imageChurn } from './image-churn.ts'

it('has the oldest images collected again and again, and evicts nobody', () => {
  const world = runFor(imageChurn, 3000)
  const said = saidBy(world, 'builder-1').join('\n')
  expect(said).toMatch(
    /"Disk usage on image filesystem is over the high threshold, trying to free bytes down to the low threshold" usage=8\d highThreshold=85/,
  )
  expect(said).toMatch(/"Removing image to free bytes" imageID="sha256:[0-9a-f]{64}" size=943718400/)
  expect(said).not.toContain('pause')
  expect(events(world).join('\n')).not.toContain('Evicted')
  expect(pods(world)).toHaveLength(1)
})
