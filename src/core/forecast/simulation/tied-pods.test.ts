import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvictionThreshold } from '../../kubelet/eviction/thresholds.ts'
import { DescribedNode } from '../described/described-node.ts'
import { simulateNode } from '../described/simulate-node.ts'
import type { SimulatedAction, Victim } from './action.ts'
import { evictFirst } from './evict-pods.ts'
import { detectPeriodically, reclaimImages } from './image-step.ts'
import {
  GIB,
  MIB,
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
      taken: { min: 1, max: 1 },
      freedBytes: { min: 3 * GIB, max: 5 * GIB },
    })
    const next = reclaim(evict(state, 2 * MINUTE).state, 2 * MINUTE + SECOND)
    expect(names(next.actions[0]?.victimSet ?? [])).toEqual(['name of a', 'name of b', 'name of c'])
  })

  it('when more than one was evicted, as many take what is theirs; when all were, it is certain', () => {
    const twice = evict(evict(begin, MINUTE).state, 2 * MINUTE).state
    expect(reclaim(twice, 2 * MINUTE + SECOND).actions).toMatchObject([
      {
        victims: [{ name: 'name of idle' }],
        taken: { min: 2, max: 2 },
        freedBytes: { min: 6 * GIB, max: 8 * GIB },
      },
    ])
    const thrice = reclaim(evict(twice, 3 * MINUTE).state, 3 * MINUTE + SECOND).actions[0]
    expect(names(thrice?.victims ?? [])).toEqual(['idle', 'a', 'b', 'c'].map((id) => `name of ${id}`))
    expect(thrice).toMatchObject({ victimSet: [], freedBytes: { min: 10 * GIB, max: 10 * GIB } })
    const afterOne = reclaim(evict(begin, MINUTE).state, MINUTE + SECOND).state
    const all = evict(evict(afterOne, 2 * MINUTE).state, 3 * MINUTE).state
    expect(reclaim(all, 3 * MINUTE + SECOND).actions).toMatchObject([
      { victims: [], taken: { min: 2, max: 2 }, freedBytes: { min: 5 * GIB, max: 7 * GIB } },
    ])
  })

  it('where the one that stands for them shares its image, that of another may go', () => {
    const users: Record<string, string[]> = { shared: ['a', 'b'], own: ['c'], pinned: ['c'] }
    const some = scriptedWorld({
      images: [
        { id: 'shared', sizeBytes: 7 * GIB },
        { id: 'own', sizeBytes: 2 * GIB },
        { id: 'pinned', sizeBytes: GIB, pinned: true },
      ],
      pods,
      isInUse: (id, _, { evicted }) => (users[id] ?? []).some((pod) => !evicted.has(pod)),
    })
    const modern = scriptedKubelet(30, { imageMinimumGCAge: '1s' })
    const take = (state: typeof begin, at: number) => reclaimImages(modern, some, state, at)
    const start = detectPeriodically(modern, some, justStarted(0), 0).state
    const first = take(evictFirst(HARD, modern, some, start, MINUTE).state, MINUTE + SECOND)
    expect(first.actions).toMatchObject([
      { victims: [], taken: { min: 0, max: 1 }, freedBytes: { min: 0, max: 2 * GIB } },
    ])
    expect(names(first.actions[0]?.victimSet ?? [])).toEqual(['name of own'])
    // Nothing happened since: what may have gone then goes no more now.
    expect(take(first.state, 2 * MINUTE).actions[0]).toMatchObject({ victims: [], victimSet: [] })
    const both = new Set(['name of own', 'name of shared'])
    const second = take(evictFirst(HARD, modern, some, first.state, 3 * MINUTE).state, 3 * MINUTE + SECOND)
    expect(new Set(names(second.actions[0]?.victimSet ?? []))).toEqual(both)
    expect(second.actions).toMatchObject([
      { taken: { min: 0, max: 1 }, freedBytes: { min: 0, max: 7 * GIB } },
    ])
    const third = take(evictFirst(HARD, modern, some, second.state, 5 * MINUTE).state, 5 * MINUTE + SECOND)
    expect(new Set(names(third.actions[0]?.victimSet ?? []))).toEqual(both)
    expect(third.state.tiedImages.pods.size).toBe(0)
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

describe('in whichever order pods that tie go', () => {
  interface Shape {
    /** So many of five pods tie. */
    tied: number
    /** Which pod has a container of which image. */
    uses: readonly (readonly [pod: number, image: number])[]
    /** Of the images, in mebibytes. */
    sizes: readonly number[]
  }
  /** A node that needs all that its pods have; each has so many bytes over what makes it tie. */
  const node = ({ tied, uses, sizes }: Shape, over: (pod: number) => number) =>
    DescribedNode.parse({
      duration: '2h',
      kubelet: { version: 'v1.27.3', configuration: { imageMinimumGCAge: '1s' } },
      filesystems: { nodefs: { capacity: '100Gi', available: '11Gi' } },
      images: sizes.map((mebibytes, image) => ({ name: `image-${image}`, size: `${mebibytes}Mi` })),
      pods: [0, 1, 2, 3, 4].map((pod) => ({
        name: `pod-${pod}`,
        priority: pod < tied ? 0 : pod,
        containers: [
          { name: 'c', writable: 500 * MIB + over(pod) },
          ...uses
            .filter(([user]) => user === pod)
            .map(([, image], index) => ({ name: `c${index}`, image: `image-${image % sizes.length}` })),
        ],
      })),
      writers: [{ name: 'data', bytesPerSecond: '1Mi' }],
    })
  const upTo = (max: number) => fc.integer({ min: 0, max })
  const order = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5, maxLength: 5 })
  const shape: fc.Arbitrary<Shape> = fc.record({
    tied: fc.integer({ min: 1, max: 5 }),
    uses: fc.uniqueArray(fc.tuple(upTo(4), upTo(5)), { maxLength: 12, selector: String }),
    sizes: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 }),
  })

  it('each pass takes what was said of it, or as many of those, and frees no more and no less', () => {
    const keys = (victims: readonly Victim[]) => victims.map(({ kind, name }) => `${kind} ${name ?? ''}`)
    fc.assert(
      fc.property(order, shape, (first, of) => {
        const said = simulateNode(node(of, () => 0)) ?? []
        const done = simulateNode(node(of, (pod) => 5 - first.indexOf(pod))) ?? []
        const isSame = ({ at, kind }: SimulatedAction, turn: number) =>
          at === said[turn]?.at && kind === said[turn].kind
        // Where another pod gives back other images, the node goes on in another way.
        const alike = done.findIndex((action, turn) => !isSame(action, turn))
        for (const [turn, action] of done.slice(0, alike < 0 ? done.length : alike).entries()) {
          const { victims = [], victimSet = [], taken = { min: 0, max: 0 }, freedBytes } = said[turn] ?? {}
          const possible = keys([...victims, ...victimSet])
          for (const key of keys(action.victims)) expect(possible).toContain(key)
          for (const key of keys(victims)) expect(keys(action.victims)).toContain(key)
          const more = action.victims.length - victims.length
          expect(more).toBeGreaterThanOrEqual(taken.min)
          expect(more).toBeLessThanOrEqual(taken.max)
          if (action.kind !== 'reclaim-images') continue
          expect(action.freedBytes?.min).toBeGreaterThanOrEqual(freedBytes?.min ?? Infinity)
          expect(action.freedBytes?.max).toBeLessThanOrEqual(freedBytes?.max ?? -Infinity)
        }
      }),
    )
  })
})
