import { beforeEach, expect, it } from 'vitest'
import { aReading } from '../../../../test/contracts/a-round.ts'
import { readingChoice } from './reading-choice.ts'

let choose: ReturnType<typeof readingChoice>
beforeEach(() => {
  choose = readingChoice()
})

const chosen = (agent: number[], kubelet: number[], isHeard: boolean, now = 1000) =>
  choose({ agent: agent.map(aReading), kubelet: kubelet.map(aReading), isHeard, now }).map(({ at }) => at)

it('takes those of an agent that is heard, also between its rounds', () => {
  expect(chosen([1, 2, 3], [2], true)).toEqual([1, 2, 3])
  expect(chosen([], [4], true)).toEqual([])
})

it('takes those of the kubelet while the agent has none', () => {
  expect(chosen([], [1], true)).toEqual([1])
  expect(chosen([], [2], true)).toEqual([2])
})

it('follows a silent agent with the kubelet, and that with the agent, and tells no time twice', () => {
  chosen([10, 20], [], true)
  expect(chosen([25], [15, 30], false)).toEqual([25, 30])
  expect(chosen([], [40], false)).toEqual([40])
  expect(chosen([28, 39, 41, 42], [], true)).toEqual([41, 42])
})

it('leaves it to others that a clock went back', () => {
  chosen([10], [], true)
  expect(chosen([5, 6], [], true)).toEqual([5, 6])
})

it('puts nothing after now, and so is not blind once an agent with a fast clock is silent', () => {
  expect(chosen([90, 5000], [], true, 100)).toEqual([90, 100])
  expect(chosen([], [110], false, 120)).toEqual([110])
})
