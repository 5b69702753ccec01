import { beforeEach, expect, it } from 'vitest'
import { aReading } from '../../../../test/contracts/a-round.ts'
import type { Observation } from '../observation.ts'
import type { AgentRound, NotTaken, Told } from './agent-round.ts'
import { handedRounds, type HandedRounds } from './handed-rounds.ts'
import { roundOutbox, type RoundOutbox } from './round-outbox.ts'

const REFUSED: NotTaken = {
  gap: { part: 'controller', node: 'n1', why: 'unreachable', detail: 'refused' },
  mayBeTakenLater: true,
}

let controller: HandedRounds
let sent: number[]
/** What becomes of a round on its way: by default it arrives, and the answer too. */
let onTheWay: (arrive: () => Promise<unknown>, round: AgentRound) => Promise<Told | NotTaken | undefined>
let outbox: RoundOutbox

beforeEach(() => {
  controller = handedRounds(() => 0)
  sent = []
  onTheWay = async (arrive) => {
    await arrive()
    return undefined
  }
  outbox = roundOutbox(
    {
      hand(round) {
        sent.push(round.number)
        return onTheWay(() => controller.hand(round), round)
      },
    },
    { run: 'r', every: 10_000 },
  )
})

const seen = (at: number): Observation => ({
  observedAt: at,
  cluster: {},
  nodes: [{ name: 'n1', imageNames: {}, nodefs: [aReading(at)], facts: [] }],
})
const arrived = () =>
  controller
    .collect()
    .get('n1')
    ?.node.nodefs.map(({ at }) => at)

async function patrol(at: number): Promise<void> {
  outbox.add(seen(at))
  await outbox.hand()
}

it('hands over each round', async () => {
  await patrol(1)
  await patrol(2)
  expect([sent, arrived(), outbox.gap()]).toEqual([[1, 2], [1, 2], undefined])
})

it('loses nothing while nobody takes it, and keeps no more than two rounds', async () => {
  onTheWay = async () => REFUSED
  for (const at of [1, 2, 3, 4]) await patrol(at)
  expect(outbox.gap()).toEqual(REFUSED.gap)
  onTheWay = async (arrive) => (await arrive()) as undefined
  await patrol(5)
  expect([sent, arrived(), outbox.gap()]).toEqual([[1, 1, 1, 1, 1, 2], [1, 2, 3, 4, 5], undefined])
})

it('tells nothing twice when answers are lost', async () => {
  onTheWay = async (arrive) => {
    await arrive()
    return REFUSED
  }
  await patrol(1)
  await patrol(2)
  onTheWay = async (arrive) => (await arrive()) as undefined
  await patrol(3)
  expect(arrived()).toEqual([1, 2, 3])
})

it('gives up a round that is never taken, and goes on with the next', async () => {
  onTheWay = async () => ({ gap: { ...REFUSED.gap, why: 'too-large' }, mayBeTakenLater: false })
  await patrol(1)
  expect(outbox.gap()?.why).toBe('too-large')
  onTheWay = async (arrive) => (await arrive()) as undefined
  await patrol(2)
  expect([arrived(), outbox.gap()]).toEqual([[2], undefined])
})

it('keeps what it was told while nothing more is told', async () => {
  const told: Told = { pods: { value: [], source: 'watch', observedAt: 1 } }
  onTheWay = async () => told
  await patrol(1)
  for (const answer of [REFUSED, undefined]) {
    onTheWay = async () => answer
    await patrol(2)
    expect(outbox.told()).toBe(told)
  }
})

it('hands over one round at a time', async () => {
  let answer = () => {}
  const isAnswered = new Promise<void>((resolve) => (answer = resolve))
  onTheWay = async (arrive) => {
    await isAnswered
    await arrive()
    return undefined
  }
  const first = patrol(1)
  await patrol(2)
  await patrol(3)
  expect(sent).toEqual([1])
  answer()
  await first
  expect([sent, arrived()]).toEqual([
    [1, 2],
    [1, 2, 3],
  ])
})

it('has nothing to hand over before the first round', async () => {
  await outbox.hand()
  outbox.add({ observedAt: 1, cluster: {}, nodes: [] })
  await outbox.hand()
  expect(sent).toEqual([])
})
