import { expect, it } from 'vitest'
import { GAP_REASONS } from '../../observe/gap.ts'
import { clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { controllerOutOfReach } from './controller-out-of-reach.ts'

const sentences = (part: string, why: (typeof GAP_REASONS)[number] = 'unreachable') =>
  clusterSentences(
    controllerOutOfReach,
    clusterView({ gaps: [{ part, node: 'n1', why, detail: 'connect ECONNREFUSED' }] }),
  )

it('is quiet while the controller takes rounds, whatever else is missing', () => {
  expect(sentences('runtime')).toEqual([])
})

it('says why the controller does not take them, and what becomes of them', () => {
  expect(sentences('controller')).toEqual([
    'Node/n1: The controller does not take the rounds of this agent: nothing answers (connect ECONNREFUSED). The agent patrols its node alone, and hands over what it has kept once it can.',
  ])
})

it.each(GAP_REASONS)('has words for %s', (why) => {
  expect(sentences('controller', why)[0]).toMatch(/agent: [^()]+ \(connect ECONNREFUSED\)\. /)
})
