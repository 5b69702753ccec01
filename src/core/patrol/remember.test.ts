import { expect, it } from 'vitest'
import { aFact } from '../../../test/contracts/a-round.ts'
import type { Fact } from '../explain/facts/fact.ts'
import type { NodeView } from '../observe/node-view.ts'
import { remember } from './remember.ts'

const rounds = (...starts: readonly (number | undefined)[]) =>
  starts.reduce<NodeView | undefined>((before, kubeletStartedAt, round) => {
    const node = { name: 'n1', imageNames: {}, nodefs: [], facts: [] }
    return remember(
      before,
      { ...node, ...(kubeletStartedAt === undefined ? {} : { kubeletStartedAt }) },
      { observedAt: 10 * (round + 1), cluster: {}, nodes: [], pods: undefined },
    )
  }, undefined)?.kubeletStartedAt

it.each([
  ['a start', [5], 5],
  ['a later start', [5, 15], 15],
  ['an event that is gone by now', [5, undefined], 5],
  ['another source that knows of an earlier one', [5, 1], 5],
  ['a start that is yet to come: the clock is another', [5, 99], 5],
  ['nothing', [undefined, 99], undefined],
])('remembers of a kubelet: %s', (_, starts, expected) => {
  expect(rounds(...starts)).toBe(expected)
})

it('counts a statement once, however often its log is read', () => {
  const fact = (order: number, file = 'kubelet.log') => {
    const source = { file, line: 1 }
    return { ...aFact('x', order), source, evidence: [{ ...source, at: order, order }] }
  }
  const read = (before: NodeView | undefined, facts: readonly Fact[]) =>
    remember(
      before,
      { name: 'n1', imageNames: {}, nodefs: [], facts },
      { observedAt: 10, cluster: {}, nodes: [], pods: undefined },
    )
  const first = read(undefined, [fact(1), fact(2)])
  const again = read(first, [fact(1), fact(2), fact(3), fact(3, 'other.log')])
  expect([first.facts[0]?.count, again.facts[0]?.count]).toEqual([2, 4])
})
