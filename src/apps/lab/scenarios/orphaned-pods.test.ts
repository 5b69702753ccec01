import { expect, it } from 'vitest'
import { readLog } from '../../../adapters/observe/recording/recorded-log.ts'
import { runFor } from '../world/run-scenario.contract.ts'
import { orphanedPods } from './orphaned-pods.ts'

it('complains every two seconds of what it does not clean up, until somebody does', () => {
  const world = runFor(orphanedPods, 300)
  const factsOf = () => {
    const log = world.kubelets.get('node-1')?.log.read(world.agenda.now()) ?? ''
    return readLog(log, { file: 'kubelet.log', node: 'node-1', year: 2026 }).facts.map(({ fact }) => fact)
  }
  const facts = factsOf()
  expect(new Set(facts.map(({ id }) => id))).toEqual(new Set(['orphaned-pod-volumes']))
  expect(facts).toHaveLength(150)
  expect(facts[0]?.fields).toMatchObject({ podUid: '0b6f2a6e-5a0e-4f0b-9d7c-1c2d3e4f5a6b', totalErrors: 2 })
  world.agenda.runUntil(world.startsAt + 900_000)
  const last = factsOf().at(-1)?.at ?? 0
  expect(last).toBeLessThanOrEqual(world.startsAt + 720_000)
})
