import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { simulate } from '../simulation/simulate.ts'
import { NO_EFFECTS } from '../simulation/world.ts'
import { DescribedNode } from './described-node.ts'
import { describedWorld } from './described-world.ts'
import { diskTimeline } from './disk-timeline.ts'
import { overlay } from './overlay.ts'
import { begin, simulateNode } from './simulate-node.ts'

const GIB = 2 ** 30
const MINUTE = 60_000

const base = {
  duration: '2h',
  kubelet: { version: 'v1.20.2' },
  filesystems: { nodefs: { capacity: '100Gi', available: '30Gi', inodes: 1_000_000, inodesFree: 900_000 } },
  images: [
    { name: 'pause', size: '1Mi' },
    { name: 'idle', size: '2Gi', lastUsed: '-1h' },
    { name: 'app', size: '1Gi' },
  ],
  pods: [{ name: 'app', containers: [{ name: 'c', image: 'app', logs: '1Gi' }] }],
  writers: [{ name: 'PV', bytesPerSecond: '10Mi' }],
}
const node = (changes: object = {}) => DescribedNode.parse(overlay(base, changes))
const did = (changes: object = {}) =>
  (simulateNode(node(changes)) ?? []).map(({ at, kind, victims }) => ({
    minute: Math.floor(at / MINUTE),
    kind,
    names: victims.map((victim) => victim.name),
  }))
const first = (kind: string, changes: object = {}) => did(changes).find((one) => one.kind === kind)

describe('simulateNode', () => {
  it('collects images when the floor of the percentage is reached, at a tick of its five minutes', () => {
    // 14 GiB have to go at 10 MiB/s until less than 16 % is available: 23.9 minutes.
    expect(first('image-gc-failed')).toEqual({
      minute: 25,
      kind: 'image-gc-failed',
      names: ['pause', 'idle'],
    })
  })

  it('has pressure at the threshold of the images, since all is on one filesystem (the trap of semantics §3.2)', () => {
    const pressure = (simulateNode(node()) ?? []).find(({ kind }) => kind === 'pressure')
    expect(pressure?.why.params).toMatchObject({ signal: 'imagefs.available', quantity: '15%' })
  })

  it('evicts the pod though its going cannot help, and then deletes the image it used', () => {
    const actions = did()
    const evicted = actions.findIndex(({ kind }) => kind === 'evict-pod')
    expect(actions[evicted]?.names).toEqual(['app'])
    expect(
      actions.slice(evicted).some(({ kind, names }) => /image/.test(kind) && names.includes('app')),
    ).toBe(true)
  })

  it('leaves an image that the sandbox flag names, before 1.29 only, and a pinned one where pinning works', () => {
    const kubelet = (version: string) => ({ kubelet: { version, sandboxImage: 'pause' } })
    const pinned = { images: [{ name: 'pause', pinned: true }] }
    const takes = (changes: object) => did(changes).some(({ names }) => names.includes('pause'))
    expect(takes(kubelet('v1.20.2'))).toBe(false)
    expect(takes(kubelet('v1.29.0'))).toBe(true)
    expect(takes({ ...kubelet('v1.29.0'), ...pinned })).toBe(false)
    expect(takes({ kubelet: { version: 'v1.24.0' }, ...pinned })).toBe(true)
  })

  it('refuses a pod that comes during pressure, and admits a critical one', () => {
    const late = { containers: [{ name: 'c' }], boundAfter: '1h' }
    const pods = [
      { name: 'late', ...late },
      { name: 'critical', ...late, priority: 2_000_000_000 },
    ]
    expect(first('reject-pod', { pods })?.names).toEqual(['late'])
  })

  it('evicts for a limit of its own, whatever the disk', () => {
    const pods = [
      {
        name: 'cache',
        containers: [{ name: 'c' }],
        emptyDirs: [{ name: 'e', sizeLimit: '1Gi', growth: '1Mi' }],
      },
    ]
    const quiet = { writers: [{ name: 'PV', bytesPerSecond: 0 }] }
    expect(first('evict-pod', { ...quiet, pods })).toMatchObject({ minute: 17, names: ['cache'] })
  })

  it('evicts a pod without stats first, and never for a limit of its own', () => {
    const pods = [
      { name: 'unmeasured', measured: false, priority: 9, containers: [{ name: 'c', limit: 1, logs: 5 }] },
    ]
    expect(first('evict-pod', { pods })).toEqual(
      expect.objectContaining({ names: ['unmeasured'], minute: first('evict-pod')?.minute }),
    )
  })

  it('runs out of inodes before bytes', () => {
    const writers = [{ name: 'PV', bytesPerSecond: 0, inodesPerSecond: 1000 }]
    const pressure = (simulateNode(node({ writers })) ?? []).find(({ kind }) => kind === 'pressure')
    expect(pressure?.why.params).toMatchObject({ signal: 'nodefs.inodesFree', unit: 'inodes' })
  })

  it('on a disk of its own for images, nodefs can reclaim nothing (semantics §3.5)', () => {
    const filesystems = { imagefs: { capacity: '100Gi', available: '90Gi' } }
    const kinds = did({ filesystems }).map(({ kind }) => kind)
    expect(kinds).toContain('evict-pod')
    expect(kinds).not.toContain('reclaim-images')
  })

  it('assumes no rule for a version that cannot be read', () => {
    expect(simulateNode(node({ kubelet: { version: 'unknown' } }))).toBeUndefined()
  })

  it.each([
    ['capacity 0', { filesystems: { nodefs: { capacity: 0, available: 0 } } }],
    ['more available than there is', { filesystems: { nodefs: { available: '200Gi' } } }],
    ['no quantity', { filesystems: { nodefs: { available: 'much' } } }],
    ['a negative size', { images: [{ name: 'pause', size: -1 }] }],
    ['no size', { images: [{ name: 'new' }] }],
    ['an unknown field', { flesystems: {} }],
    ['an impossible percentage', { kubelet: { configuration: { imageGCHighThresholdPercent: 120 } } }],
  ])('refuses %s', (_, changes) => {
    expect(DescribedNode.safeParse(overlay(base, changes)).success).toBe(false)
  })
})

describe('a pod that comes and goes', () => {
  const availableGib = (pods: object[], effects = NO_EFFECTS, available = '30Gi') => {
    const world = describedWorld(
      node({ filesystems: { nodefs: { available } }, writers: [{ name: 'PV', bytesPerSecond: 0 }], pods }),
    )
    return [0, 9, 11, 19, 21].map((minute) => {
      const { availableBytes = Number.NaN } = world.filesystems(minute * MINUTE, effects)?.nodefs ?? {}
      return availableBytes / GIB
    })
  }
  const late = {
    name: 'late',
    uid: 'late',
    boundAfter: '10m',
    endsAfter: '20m',
    containers: [{ name: 'c', logs: '3Gi' }],
    emptyDirs: [{ name: 'e', used: '1Gi' }],
  }

  it.each<[string, number[], object[], typeof NO_EFFECTS?, string?]>([
    ['takes what it has when it comes, and gives it back when it ends', [30, 30, 26, 26, 30], [late]],
    [
      'has nothing when it is refused',
      Array(5).fill(30),
      [late],
      { ...NO_EFFECTS, rejected: new Set(['late']) },
    ],
    [
      'gives it back earlier when it is evicted',
      [30, 30, 30, 30, 30],
      [late],
      { ...NO_EFFECTS, evicted: new Map([['late', 10.5 * MINUTE]]) },
    ],
    ['takes no more than there is, and gives no more back', [2, 2, 0, 0, 2], [late], NO_EFFECTS, '2Gi'],
    ['never comes when it would end before', Array(5).fill(30), [{ ...late, endsAfter: '5m' }]],
  ])('%s', (_, expected, pods, effects, available) => {
    expect(availableGib(pods, effects, available)).toEqual(expected)
  })
})

describe('properties of a simulation', () => {
  const anyNode = fc.record({
    rate: fc.integer({ min: 0, max: 60 }),
    available: fc.integer({ min: 10, max: 60 }),
    logs: fc.integer({ min: 0, max: 5 }),
    minor: fc.integer({ min: 14, max: 36 }),
    split: fc.integer({ min: 0, max: 120 }),
  })
  const built = ({
    rate,
    available,
    logs,
    minor,
  }: {
    rate: number
    available: number
    logs: number
    minor: number
  }) =>
    node({
      kubelet: { version: `v1.${minor}.0` },
      filesystems: { nodefs: { available: `${available}Gi` } },
      writers: [{ name: 'PV', bytesPerSecond: `${rate}Mi` }],
      pods: [
        { name: 'app', containers: [{ name: 'c', logs: `${logs}Gi`, logsGrowth: '1Mi' }] },
        { name: 'other', priority: 10, containers: [{ name: 'c', image: 'idle', writable: '1Gi' }] },
      ],
    })

  it('split at any instant and gone on with, it gives the same actions', () => {
    fc.assert(
      fc.property(anyNode, (options) => {
        const described = built(options)
        const begun = begin(described)
        if (!begun) throw new Error('the version is known')
        const until = described.duration
        const whole = simulate(begun.kubelet, describedWorld(described), begun.state, until)
        const half = simulate(begun.kubelet, describedWorld(described), begun.state, options.split * MINUTE)
        const rest = simulate(begun.kubelet, describedWorld(described), half.state, until)
        expect([...half.actions, ...rest.actions]).toEqual(whole.actions)
      }),
      { numRuns: 40 },
    )
  })

  it('more free space never evicts more, and nothing in use is removed', () => {
    const victims = (options: Parameters<typeof built>[0]) =>
      (simulateNode(built(options)) ?? []).filter(({ kind }) => kind === 'evict-pod')
    fc.assert(
      fc.property(anyNode, (options) => {
        const more = { ...options, available: options.available + 20 }
        expect(victims(more).length).toBeLessThanOrEqual(victims(options).length)
        const whenEvicted =
          victims(options).find(({ victims: [pod] }) => pod?.name === 'other')?.at ?? Infinity
        for (const { at, kind, victims: taken } of simulateNode(built(options)) ?? []) {
          if (/image/.test(kind) && at < whenEvicted)
            expect(taken.map(({ name }) => name)).not.toContain('idle')
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('diskTimeline', () => {
  const start = { at: 0, capacityBytes: 100 * GIB, availableBytes: 10 * GIB, inodes: 100, inodesFree: 50 }
  const growth = (gibPerMinute: number, from = 0, until = Infinity) => ({
    from: from * MINUTE,
    until: until * MINUTE,
    bytesPerSecond: (gibPerMinute * GIB) / 60,
    inodesPerSecond: 0,
  })

  it('goes in straight lines, stands still when full, and goes on after a release', () => {
    const timeline = diskTimeline(start, {
      growths: [growth(1)],
      releases: [{ at: 20 * MINUTE, bytes: 2 * GIB, inodes: 0 }],
    })
    const gib = (minute: number) => timeline.availableBytes(minute * MINUTE) / GIB
    expect([0, 5, 10, 15, 20, 21, 23].map(gib)).toEqual([10, 5, 0, 0, 2, 1, 0])
  })

  it('gives back what a growth has taken', () => {
    const timeline = diskTimeline(start, {
      growths: [growth(1, 0, 4)],
      releases: [{ at: 6 * MINUTE, bytes: 0, inodes: 0, growth: growth(1, 0, 4) }],
    })
    expect([timeline.availableBytes(5 * MINUTE) / GIB, timeline.availableBytes(7 * MINUTE) / GIB]).toEqual([
      6, 10,
    ])
  })

  it('conserves bytes: what is available and what is taken add up', () => {
    const growths = fc.array(
      fc.record({
        rate: fc.integer({ min: 0, max: 5 }),
        from: fc.integer({ min: 0, max: 30 }),
        lasts: fc.integer({ min: 1, max: 30 }),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(growths, fc.integer({ min: 0, max: 90 }), (list, minute) => {
        const all = list.map(({ rate, from, lasts }) => growth(rate, from, from + lasts))
        const timeline = diskTimeline(start, { growths: all, releases: [] })
        const at = minute * MINUTE
        const taken = all.reduce((sum, { from, until, bytesPerSecond }) => {
          const seconds = timeline.writableSeconds(from, Math.min(at, until))
          return sum + Math.round(bytesPerSecond * seconds)
        }, 0)
        expect(Math.abs(timeline.availableBytes(at) + taken - start.availableBytes)).toBeLessThanOrEqual(
          all.length + 1,
        )
        expect(timeline.availableBytes(at)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('overlay', () => {
  it('merges maps, merges named lists by name, replaces the rest, and takes away with null', () => {
    expect(
      overlay(
        { a: { b: 1, c: 2 }, list: [{ name: 'x', v: 1 }], n: [1] },
        { a: { c: null }, list: [{ name: 'x', v: 2 }, { name: 'y' }], n: [2] },
      ),
    ).toEqual({ a: { b: 1 }, list: [{ name: 'x', v: 2 }, { name: 'y' }], n: [2] })
  })

  it('does not reach into the prototype of things', () => {
    const changed = overlay({}, JSON.parse('{"__proto__":{"polluted":1}}')) as Record<string, unknown>
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.getPrototypeOf(changed)).toBe(Object.prototype)
  })
})
