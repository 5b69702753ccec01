import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvictionThreshold } from '../../kubelet/eviction/thresholds.ts'
import { DescribedNode } from '../described/described-node.ts'
import { simulateNode } from '../described/simulate-node.ts'
import type { Victim } from './action.ts'
import { evictFirst } from './evict-pods.ts'
import { detectPeriodically, reclaimImages } from './image-step.ts'
import {
  GIB,
  MINUTE,
  scriptedKubelet,
  scriptedPod,
  scriptedWorld,
  SECOND,
} from './scripted-world.contract.ts'
import { justStarted } from './simulated-kubelet.ts'

const HARD: EvictionThreshold = { signal: 'nodefs.available', kind: 'hard', quantity: '1Gi', gracePeriod: 0 }
const names = (victims: readonly Victim[]) => victims.map(({ name }) => name)

describe('pods that tie (semantics §3.7), and their images', () => {
  const kubelet = scriptedKubelet(20, { imageMinimumGCAge: '1s' })
  const images = [
    { id: 'idle', sizeBytes: GIB },
    { id: 'a', sizeBytes: 2 * GIB },
    { id: 'b', sizeBytes: 3 * GIB },
    { id: 'c', sizeBytes: 4 * GIB },
    { id: 'other', sizeBytes: 5 * GIB },
  ]
  const pods = ['a', 'b', 'c'].map((name) => scriptedPod(name, [1]))
  const world = scriptedWorld({
    images,
    pods: [...pods, scriptedPod('other', [1], { priority: 9 })],
    isInUse: (id, _, { evicted }) => id !== 'idle' && !evicted.has(id),
  })
  const begin = detectPeriodically(kubelet, world, justStarted(0), 0).state
  const evict = (state: typeof begin, at: number) => evictFirst(HARD, kubelet, world, state, at)
  const reclaim = (state: typeof begin, at: number) => reclaimImages(kubelet, world, state, at)

  it('until all of them are gone, each pass takes one of them, nobody knows which', () => {
    const first = evict(begin, MINUTE)
    const second = evict(first.state, 2 * MINUTE)
    const third = evict(second.state, 3 * MINUTE)
    for (const { actions } of [first, second, third]) {
      expect(actions).toMatchObject([{ victims: [], taken: { min: 1, max: 1 } }])
      expect(names(actions[0]?.victimSet ?? [])).toEqual(['a', 'b', 'c'])
    }
    expect([second.state.tiedPods.size, third.state.tiedPods.size]).toEqual([3, 0])
    expect(names(evict(third.state, 4 * MINUTE).actions[0]?.victims ?? [])).toEqual(['other'])
  })

  it('the image of one of them goes; one that is idle anyhow is certain', () => {
    const { actions, state } = reclaim(evict(begin, MINUTE).state, MINUTE + SECOND)
    expect(names(actions[0]?.victims ?? [])).toEqual(['name of idle'])
    expect(names(actions[0]?.victimSet ?? [])).toEqual(['name of a', 'name of b', 'name of c'])
    expect(actions[0]).toMatchObject({
      taken: { min: 0, max: 1 },
      freedBytes: { min: GIB, max: 5 * GIB },
    })
    const next = reclaim(evict(state, 2 * MINUTE).state, 2 * MINUTE + SECOND)
    expect(names(next.actions[0]?.victimSet ?? [])).toEqual(['name of a', 'name of b', 'name of c'])
  })

  it('what they share goes with the last of them, whichever that is', () => {
    const shared = scriptedWorld({
      images: [{ id: 'shared', sizeBytes: GIB }],
      pods,
      isInUse: (_, __, { evicted }) => evicted.size < 3,
    })
    let state = detectPeriodically(kubelet, shared, justStarted(0), 0).state
    const taken = [1, 2, 3].map((minute) => {
      state = evictFirst(HARD, kubelet, shared, state, minute * MINUTE).state
      const { actions, state: after } = reclaimImages(kubelet, shared, state, minute * MINUTE + SECOND)
      state = after
      return [names(actions[0]?.victims ?? []), actions[0]?.victimSet]
    })
    expect(taken).toEqual([
      [[], []],
      [[], []],
      [['name of shared'], []],
    ])
  })
})

it('in whichever order pods that tie come, each pass takes what was said of it, or one of those', () => {
  const node = (order: readonly number[], tied: number) =>
    DescribedNode.parse({
      duration: '2h',
      kubelet: { version: 'v1.27.3' },
      filesystems: { nodefs: { capacity: '100Gi', available: '11Gi' } },
      images: order.toSorted().map((pod) => ({ name: `image-${pod}`, size: '1Gi' })),
      pods: order.map((pod) => ({
        name: `pod-${pod}`,
        priority: pod < tied ? 0 : pod,
        containers: [{ name: 'c', image: `image-${pod}`, writable: '500Mi' }],
      })),
      writers: [{ name: 'data', bytesPerSecond: '1Mi' }],
    })
  const run = (order: readonly number[], tied: number) => simulateNode(node(order, tied)) ?? []
  const keys = (victims: readonly Victim[]) => victims.map(({ kind, name }) => `${kind} ${name ?? ''}`)
  const orders = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5, maxLength: 5 })
  fc.assert(
    fc.property(orders, orders, fc.integer({ min: 1, max: 5 }), (one, another, tied) => {
      const said = run(one, tied)
      const done = run(another, tied)
      expect(done.map(({ at, kind }) => [at, kind])).toEqual(said.map(({ at, kind }) => [at, kind]))
      done.forEach(({ victims, victimSet }, turn) => {
        const may = said[turn]
        const possible = keys([...(may?.victims ?? []), ...(may?.victimSet ?? [])])
        for (const key of keys([...victims, ...victimSet])) expect(possible).toContain(key)
        for (const key of keys(may?.victims ?? [])) expect(keys(victims)).toContain(key)
      })
    }),
  )
})
