import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuantity } from '../../units/quantity.ts'
import type { FilesystemLayout } from './layout.ts'
import type { EvictablePod } from './pods.ts'
import { firstForEviction, measuredUsage, rankForEviction } from './ranking.ts'
import type { EvictionSignal } from './signals.ts'

const GIB = 2 ** 30
const bytes = (text: string) => parseQuantity(text) ?? Number.NaN

const pod = (
  name: string,
  [writable, log, volume]: readonly string[],
  more: Partial<EvictablePod> = {},
): EvictablePod => ({
  uid: name,
  namespace: 'default',
  name,
  usage: {
    writableBytes: bytes(writable ?? '0'),
    logBytes: bytes(log ?? '0'),
    volumeBytes: bytes(volume ?? '0'),
  },
  ...more,
})
const withInodes = (name: string, volumeInodes: number, requestBytes = 0) =>
  pod(name, [], { requestBytes, usage: { writableBytes: 0, logBytes: 0, volumeBytes: 0, volumeInodes } })
const order = (
  pods: readonly EvictablePod[],
  signal: EvictionSignal = 'nodefs.available',
  layout: FilesystemLayout = 'single',
) => rankForEviction(pods, signal, layout).map((group) => group.map(({ name }) => name).join('='))

describe('worked examples (semantics §3.13)', () => {
  it('A: ranking by amount over request', () => {
    const rows: [string, string, string, string, string][] = [
      ['guaranteed-low', '25Mi', '45Mi', '50Mi', '400Mi'],
      ['burstable-low', '25Mi', '35Mi', '50Mi', '100Mi'],
      ['best-effort-high', '50Mi', '100Mi', '150Mi', '0'],
      ['guaranteed-high', '225Mi', '100Mi', '50Mi', '400Mi'],
      ['best-effort-low', '25Mi', '25Mi', '50Mi', '0'],
      ['burstable-high', '150Mi', '150Mi', '50Mi', '100Mi'],
    ]
    const pods = rows.map(([name, r, l, v, request]) =>
      pod(name, [r, l, v], { requestBytes: bytes(request) }),
    )
    expect(order(pods)).toEqual([
      'best-effort-high',
      'burstable-high',
      'best-effort-low',
      'burstable-low',
      'guaranteed-high',
      'guaranteed-low',
    ])
  })

  it('B: full comparator', () => {
    const rows: [string, string, string, number][] = [
      ['8 below, high prio, low usage', '200', '1Gi', 1],
      ['3 above, high prio, high usage', '600', '100', 1],
      ['5 below, low prio, high usage', '800', '1Gi', -1],
      ['1 above, low prio, high usage', '500', '0', -1],
      ['7 below, high prio, high usage', '800', '1Gi', 1],
      ['2 above, low prio, low usage', '50', '0', -1],
      ['6 below, low prio, low usage', '200', '1Gi', -1],
      ['4 above, high prio, low usage', '150', '100', 1],
    ]
    const pods = rows.map(([name, used, request, priority]) =>
      pod(name, [used], { requestBytes: bytes(request), priority }),
    )
    expect(order(pods).map((name) => Number(name[0]))).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('C: exceeds first, though its priority is higher', () => {
    const a = pod('A', ['199Mi'], { requestBytes: bytes('200Mi'), priority: -1 })
    const b = pod('B', ['101Mi'], { requestBytes: bytes('100Mi'), priority: 1 })
    expect(order([a, b])).toEqual(['B', 'A'])
  })

  it('D: inodes, larger first', () => {
    const pods = [withInodes('c', 200_000), withInodes('a', 400_000), withInodes('b', 300_000)]
    expect(order(pods, 'nodefs.inodesFree')).toEqual(['a', 'b', 'c'])
  })

  it('E: the pods of the timeline', () => {
    const pods = [
      pod('P0', ['900Mi'], { priority: -1 }),
      pod('P1', ['0', '50Mi'], { priority: 0 }),
      pod('P2', ['400Mi'], { priority: 0 }),
      pod('P3', ['0'], { priority: 1 }),
      pod('P4', ['100Mi'], { priority: -1 }),
    ]
    expect(order(pods)).toEqual(['P0', 'P4', 'P2', 'P1', 'P3'])
  })
})

describe('rules that a naive ranking gets wrong (semantics §3.7)', () => {
  it('inodes: any number exceeds, and the bytes that are requested are subtracted all the same', () => {
    const requesting = withInodes('requesting', 400_000, GIB)
    expect(order([requesting, withInodes('small', 10)], 'nodefs.inodesFree')).toEqual(['small', 'requesting'])
    const idle = withInodes('idle', 0)
    expect(order([idle, requesting], 'nodefs.inodesFree')).toEqual(['requesting', 'idle'])
  })

  it('a usage that equals the request does not exceed it', () => {
    const equal = pod('equal', ['100'], { requestBytes: 100, priority: -1 })
    expect(order([equal, pod('above', ['101'], { requestBytes: 100, priority: 1 })])).toEqual([
      'above',
      'equal',
    ])
  })

  it('a missing priority counts as 0', () => {
    const pods = [
      pod('one', ['5'], { priority: 1 }),
      pod('none', ['5']),
      pod('minus', ['5'], { priority: -1 }),
    ]
    expect(order(pods)).toEqual(['minus', 'none', 'one'])
  })

  it('a pod without stats goes before all that have some, whatever its priority', () => {
    const unknown = pod('unknown', [], { usage: undefined, priority: 1, requestBytes: GIB })
    expect(order([pod('above', ['5'], { priority: -1 }), unknown])).toEqual(['unknown', 'above'])
  })

  it('among pods without stats priority decides, and they tie with no other figure', () => {
    const without = (name: string, priority: number, requestBytes: number) =>
      pod(name, [], { usage: undefined, priority, requestBytes })
    expect(order([without('a', 1, 1), without('b', 0, 2), without('c', 0, 3)])).toEqual(['b=c', 'a'])
  })

  it('pods that tie stand together: their order is undefined', () => {
    expect(order([pod('a', ['5']), pod('b', ['2', '3']), pod('c', ['4'])])).toEqual(['a=b', 'c'])
  })

  it('the quality of service plays no part', () => {
    const guaranteed = pod('guaranteed', ['500'], { requestBytes: 100 })
    expect(order([pod('best-effort', ['300']), guaranteed])).toEqual(['guaranteed', 'best-effort'])
  })
})

describe('what counts of a pod (semantics §3.5)', () => {
  const one: EvictablePod = {
    ...pod('p', []),
    usage: {
      writableBytes: 1,
      logBytes: 20,
      volumeBytes: 300,
      writableInodes: 4,
      logInodes: 50,
      volumeInodes: 600,
    },
  }

  it.each<[string, FilesystemLayout, 'nodefs' | 'imagefs' | 'containerfs', number, number]>([
    ['R+L+V', 'single', 'nodefs', 321, 654],
    ['R+L+V', 'single', 'imagefs', 321, 654],
    ['R+L+V', 'single', 'containerfs', 321, 654],
    ['L+V', 'dedicated-image', 'nodefs', 320, 650],
    ['R', 'dedicated-image', 'imagefs', 1, 4],
    ['R', 'dedicated-image', 'containerfs', 1, 4],
    ['R+L+V', 'split-container', 'nodefs', 321, 654],
    ['R+L+V', 'split-container', 'containerfs', 321, 654],
    ['nothing', 'split-container', 'imagefs', 0, 0],
  ])('%s: %s, %s', (_, layout, filesystem, ofBytes, ofInodes) => {
    expect(measuredUsage(one, `${filesystem}.available`, layout)).toBe(ofBytes)
    expect(measuredUsage(one, `${filesystem}.inodesFree`, layout)).toBe(ofInodes)
  })

  it('inodes that the summary does not show count as none', () => {
    expect(measuredUsage(pod('p', ['1']), 'nodefs.inodesFree', 'single')).toBe(0)
  })

  it('no stats are no usage of 0', () => {
    expect(measuredUsage(pod('p', [], { usage: undefined }), 'nodefs.available', 'single')).toBeUndefined()
  })
})

describe('properties', () => {
  const pods = fc
    .array(
      fc.record({
        priority: fc.constantFrom(undefined, -1, 0, 1),
        requestBytes: fc.constantFrom(undefined, 0, 5),
        used: fc.option(fc.integer({ min: 0, max: 9 })),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((all) =>
      all.map(({ used, ...more }, index) =>
        pod(String(index), [String(used ?? 0)], { ...more, ...(used === null ? { usage: undefined } : {}) }),
      ),
    )

  it('the first group is that of the whole order, and the order has every pod once', () => {
    fc.assert(
      fc.property(pods, fc.constantFrom('nodefs.available', 'nodefs.inodesFree'), (all, signal) => {
        const ranked = rankForEviction(all, signal, 'single')
        expect(new Set(firstForEviction(all, signal, 'single'))).toEqual(new Set(ranked[0]))
        expect(ranked.flat()).toHaveLength(all.length)
        expect(new Set(ranked.flat())).toEqual(new Set(all))
      }),
    )
  })

  it('of no pods none is first', () => {
    expect(firstForEviction([], 'nodefs.available', 'single')).toEqual([])
  })
})
