import { describe, expect, it } from 'vitest'
import type { ListedImage } from '../../kubelet/image-gc/image-records.ts'
import type { Instant } from '../../units/instant.ts'
import { collectImages, detectPeriodically, reclaimImages } from './image-step.ts'
import {
  GIB,
  MINUTE,
  scriptedKubelet,
  scriptedPod,
  scriptedWorld,
  type Script,
} from './scripted-world.contract.ts'
import { justStarted, type SimulatedKubelet, type SimulationState } from './simulated-kubelet.ts'
import type { Effects } from './world.ts'

const MANUAL = { imageMinimumGCAge: '1s' }
const listed = (sizes: Readonly<Record<string, number | undefined>>): ListedImage[] =>
  Object.entries(sizes).map(([id, sizeBytes]) => ({ id, sizeBytes }))
const names = (victims: readonly { name?: string }[]) =>
  victims.map(({ name }) => name?.replace('name of ', ''))

/** The state after these looks at five-minute ticks, each of which names what is in use. */
function after(
  kubelet: SimulatedKubelet,
  images: readonly ListedImage[],
  looks: readonly (readonly string[])[],
) {
  const world = scriptedWorld({
    images,
    isInUse: (id, at) => looks[at / (5 * MINUTE)]?.includes(id) ?? false,
  })
  return looks.reduce<SimulationState>(
    (state, _, index) => detectPeriodically(kubelet, world, state, index * 5 * MINUTE).state,
    justStarted(0),
  )
}
/** More than is wanted: 84 GiB of 1000 are available, at 85 % and 80 %. */
const full = (script: Script): Script => ({ nodefs: () => 84 * GIB, ...script })
const WANTED = 116 * GIB
const LATER = 60 * MINUTE

describe('who counts as in use over time (semantics §1.2, §1.3)', () => {
  const images = listed({ pause: 1, app: GIB, idle: GIB })
  const kubelet = scriptedKubelet(20, MANUAL)
  const takenBy = (one: SimulatedKubelet, script: Script = {}) => {
    const state = after(one, images, [['app'], []])
    const { actions } = reclaimImages(one, scriptedWorld({ images, ...script }), state, LATER)
    return names(actions[0]?.victims ?? [])
  }

  it('running pods do not protect the pause image, only the flag of the kubelet does, up to 1.28', () => {
    const pods = [scriptedPod('app', [1])]
    const isInUse = (id: string) => id === 'app'
    const flag = { sandboxImage: 'name of pause' }
    const takes = (minor: number, more: typeof flag | object) =>
      takenBy(scriptedKubelet(minor, MANUAL, more), { pods, isInUse }).includes('pause')
    expect([takes(20, {}), takes(20, flag), takes(28, flag), takes(29, flag)]).toEqual([
      true,
      false,
      false,
      true,
    ])
    expect(takes(20, { sandboxImage: 'name of another' })).toBe(true)
  })

  it('an exited container that is not removed yet protects its image', () => {
    const isInUse = (id: string, _: Instant, { removedContainers }: Effects) =>
      id === 'app' && !removedContainers.has('app')
    expect(takenBy(kubelet, { isInUse })).not.toContain('app')
    const state = after(kubelet, images, [['app'], []])
    const trimmed = { ...state, effects: { ...state.effects, removedContainers: new Map([['app', MINUTE]]) } }
    const { actions } = reclaimImages(kubelet, scriptedWorld({ images, isInUse }), trimmed, LATER)
    expect(names(actions[0]?.victims ?? [])).toContain('app')
  })

  it('the last use is known to five minutes: what was used between two looks leaves no trace', () => {
    const used = after(kubelet, images, [['app'], ['idle'], []])
    const stamps = Object.fromEntries(used.images.records.map(({ id, lastUsed }) => [id, lastUsed]))
    expect(stamps).toEqual({ pause: -Infinity, app: 0, idle: 5 * MINUTE })
  })

  it('looks again five minutes later, and does nothing else', () => {
    const { state, actions } = detectPeriodically(kubelet, scriptedWorld({ images }), justStarted(0), 7)
    expect([state.next.detection, actions]).toEqual([7 + 5 * MINUTE, []])
  })
})

describe('the five-minute collection (semantics §1.4)', () => {
  const images = listed({ old: 100 * GIB, recent: 20 * GIB, used: 50 * GIB })
  const kubelet = scriptedKubelet(20, MANUAL)
  const looks = [['old', 'recent'], ['recent'], ['used']]
  const isInUse = (id: string) => id === 'used'
  const pass = (script: Script = {}, one = kubelet, state = after(one, images, looks)) =>
    collectImages(one, scriptedWorld(full({ images, isInUse, ...script })), state, LATER)

  it('removes the longest unused until enough is freed, and says what and why', () => {
    const { actions, state } = pass()
    expect(actions).toEqual([
      {
        at: LATER,
        kind: 'image-gc',
        victims: [
          { kind: 'image', id: 'old', name: 'name of old', sizeBytes: 100 * GIB },
          { kind: 'image', id: 'recent', name: 'name of recent', sizeBytes: 20 * GIB },
        ],
        victimSet: [],
        wantedBytes: WANTED,
        freedBytes: { min: 120 * GIB, max: 120 * GIB },
        why: {
          key: 'simulate.why.image-gc',
          params: { usagePercent: 92, highThresholdPercent: 85, lowThresholdPercent: 80 },
        },
        spared: [expect.objectContaining({ why: 'in-use' })],
      },
    ])
    expect([...state.effects.removedImages]).toEqual([
      ['old', LATER],
      ['recent', LATER],
    ])
    expect(state.next.imageGc).toBe(LATER + 5 * MINUTE)
  })

  it('fails where what may go is less than what is wanted, and takes it all the same', () => {
    const { actions } = pass({ isInUse: (id) => id !== 'recent' })
    expect(actions).toMatchObject([
      {
        kind: 'image-gc-failed',
        victims: [{ id: 'recent' }],
        freedBytes: { min: 20 * GIB, max: 20 * GIB },
        why: { key: 'simulate.why.image-gc-failed' },
      },
    ])
  })

  it('does nothing below its threshold, and comes again', () => {
    const { actions, state } = pass({ nodefs: () => 160 * GIB })
    expect([actions, state.effects.removedImages.size, state.next.imageGc]).toEqual([
      [],
      0,
      LATER + 5 * MINUTE,
    ])
  })

  it('never comes again at a high threshold of 100, which the eviction manager does not mind (semantics §1.1)', () => {
    const off = scriptedKubelet(20, { ...MANUAL, imageGCHighThresholdPercent: 100 })
    const { actions, state } = pass({ nodefs: () => 0 }, off)
    expect([actions, state.next.imageGc]).toEqual([[], Infinity])
    const reclaimed = reclaimImages(off, scriptedWorld(full({ images, isInUse })), state, LATER)
    expect(names(reclaimed.actions[0]?.victims ?? [])).toEqual(['old', 'recent'])
  })

  it('a figure that is missing counts as 0: without a capacity there is nothing to do, without more all is used', () => {
    const without = (figure: 'availableBytes' | 'capacityBytes' | 'imagefs') => {
      const world = scriptedWorld(full({ images, isInUse }))
      const { imagefs, ...others } = world.filesystems(LATER, justStarted(0).effects) ?? {}
      const told = {
        ...others,
        ...(figure === 'imagefs' ? {} : { imagefs: { ...imagefs, [figure]: undefined } }),
      }
      const state = after(kubelet, images, looks)
      return collectImages(kubelet, { ...world, filesystems: () => told }, state, LATER).actions
    }
    expect([without('imagefs'), without('capacityBytes')]).toEqual([[], []])
    expect(without('availableBytes')).toMatchObject([{ wantedBytes: 200 * GIB, kind: 'image-gc-failed' }])
  })

  it('removes for their age what is unused for longer, whatever the disk (semantics §1.7)', () => {
    const aging = scriptedKubelet(30, { ...MANUAL, imageMaximumGCAge: '57m' })
    const { actions, state } = pass({ nodefs: () => 500 * GIB }, aging)
    expect(actions).toEqual([
      {
        at: LATER,
        kind: 'image-gc',
        victims: [expect.objectContaining({ id: 'old' })],
        victimSet: [],
        freedBytes: { min: 100 * GIB, max: 100 * GIB },
        why: { key: 'simulate.why.maximum-age', params: null },
        spared: [],
      },
    ])
    expect([[...state.effects.removedImages.keys()], state.images.records.map(({ id }) => id)]).toEqual([
      ['old'],
      ['recent', 'used'],
    ])
  })

  it('then looks at the disk, which takes the most of what is left', () => {
    const aging = scriptedKubelet(30, { ...MANUAL, imageMaximumGCAge: '57m' })
    const { actions } = pass({}, aging)
    expect(actions.map(({ kind, victims, why }) => [kind, names(victims).join(' '), why.key])).toEqual([
      ['image-gc', 'old', 'simulate.why.maximum-age'],
      ['image-gc-failed', 'recent', 'simulate.why.image-gc-failed'],
    ])
  })

  it('makes no figure of an age-driven removal either where a size is not known', () => {
    const aging = scriptedKubelet(30, { ...MANUAL, imageMaximumGCAge: '10m' })
    const unknown = listed({ known: 10 * GIB, unknown: undefined })
    const script = { images: unknown, nodefs: () => 500 * GIB }
    const { actions } = pass(script, aging, after(aging, unknown, [[]]))
    expect(names(actions[0]?.victims ?? [])).toEqual(['known', 'unknown'])
    expect(actions[0]).not.toHaveProperty('freedBytes')
  })

  it('a size that nobody knows makes no figure', () => {
    const unknown = listed({ known: 10 * GIB, unknown: undefined })
    const { actions } = pass(
      { images: unknown },
      kubelet,
      after(kubelet, unknown, [['known', 'unknown'], []]),
    )
    expect(names(actions[0]?.victimSet ?? [])).toEqual(['known', 'unknown'])
    expect(actions[0]).toMatchObject({ kind: 'image-gc', victims: [], taken: { min: 1, max: 2 } })
    expect(actions[0]).not.toHaveProperty('freedBytes')
    expect(actions[0]?.victimSet[1]).toEqual({ kind: 'image', id: 'unknown', name: 'name of unknown' })
  })
})

describe('images of which an undefined order has taken some (semantics §1.6)', () => {
  const images = listed({ a: 60 * GIB, b: 70 * GIB, c: 80 * GIB })
  const kubelet = scriptedKubelet(20, MANUAL)
  const known = after(kubelet, images, [['a', 'b', 'c'], []])
  const world = scriptedWorld(full({ images }))
  const first = collectImages(kubelet, world, known, LATER)

  it('are a set: two of the three go, nobody knows which', () => {
    expect(first.actions).toMatchObject([
      {
        kind: 'image-gc',
        victims: [],
        taken: { min: 2, max: 2 },
        freedBytes: { min: 130 * GIB, max: 150 * GIB },
      },
    ])
    expect(names(first.actions[0]?.victimSet ?? [])).toEqual(['a', 'b', 'c'])
    expect([...first.state.undecidedImages]).toEqual(['a', 'b', 'c'])
    expect(first.state.effects.removedImages.size).toBe(0)
  })

  it('are victims of a later pass only perhaps, and decided once all must be gone', () => {
    const rest = reclaimImages(kubelet, world, first.state, LATER + MINUTE)
    expect(rest.actions).toMatchObject([
      {
        kind: 'reclaim-images',
        victims: [],
        taken: { min: 0, max: 3 },
        freedBytes: { min: 0, max: 210 * GIB },
      },
    ])
    expect(rest.actions[0]?.victimSet).toHaveLength(3)
    expect(rest.actions[0]).not.toHaveProperty('wantedBytes')
    expect([rest.state.undecidedImages.size, rest.state.effects.removedImages.size]).toEqual([0, 3])
  })

  it('beside others that are certain', () => {
    const more = [...images, { id: 'd', sizeBytes: GIB }]
    const again = scriptedWorld(full({ images: more }))
    const { state } = detectPeriodically(kubelet, again, first.state, LATER + 1)
    const rest = reclaimImages(kubelet, again, state, LATER + 10 * MINUTE)
    expect(names(rest.actions[0]?.victims ?? [])).toEqual(['d'])
    expect(rest.actions[0]).toMatchObject({
      taken: { min: 0, max: 3 },
      freedBytes: { min: GIB, max: 211 * GIB },
    })
  })
})
