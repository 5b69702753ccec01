import { expect, it } from 'vitest'
import { killRun } from './kill-run.ts'

it('loses no open incident and no message when it is killed', { timeout: 120_000 }, async () => {
  const { faults, changes, kills } = await killRun(10, Math.random)
  expect(faults).toEqual([])
  expect(changes).toBeGreaterThan(kills)
})
