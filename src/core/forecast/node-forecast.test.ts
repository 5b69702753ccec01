import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeView } from '../detect/node-view.contract.ts'
import { Pod } from '../kubernetes/pod.ts'
import { PersistentVolume } from '../kubernetes/persistent-volume.ts'
import { say } from '../messages/message.ts'
import type { NodeView } from '../observe/node-view.ts'
import { forecastNode } from './node-forecast.ts'

const MB = 1e6
const HOUR = 3_600_000
const part = <T>(value: T) => ({ value, source: 'test', observedAt: 0 })
const podOf = (name: string, spec: object = {}) =>
  Pod.parse({
    metadata: { name, namespace: 'log', uid: name },
    spec: { nodeName: 'n1', containers: [{ name: 'c', image: `lab.local/${name}:1` }], ...spec },
    status: { phase: 'Running' },
  })
const images = (...names: string[]) =>
  part(
    names.map((name, index) => ({
      id: `sha256:${index}`,
      names: [`lab.local/${name}:1`],
      reportedBytes: 10 * MB,
    })),
  )
const usage = (name: string, logsBytes: number) => ({
  namespace: 'log',
  name,
  uid: name,
  logsBytes,
  rootfsBytes: 0,
  localVolumesBytes: 0,
})

/** A node of 1,000 MB (eviction below 150 MB) that loses a megabyte a second, down to so many at its last second. */
function filling(lastMegabytes: number, more: Partial<NodeView> = {}): NodeView {
  const seconds = 300
  const available = Array.from({ length: seconds }, (_, second) => lastMegabytes + seconds - 1 - second)
  const view = nodeView(available, {
    kubeletVersion: 'v1.20.2',
    images: images('es', 'old', 'pause'),
    pods: part([podOf('es')]),
    ...more,
  })
  return { ...view, observedAt: (seconds - 1) * 1000 }
}
/** Every number in a value that is none. */
function strangeNumbers(value: unknown): unknown[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strangeNumbers) : []
}
const english = (view: NodeView) =>
  forecastNode(view, { horizon: HOUR }).consequences.map((one) => say(one.message, 'en'))

describe('forecastNode', () => {
  it('says when each level is crossed, the soonest first', () => {
    const view = filling(200)
    const { levels } = forecastNode(view, { horizon: HOUR })
    const seconds = levels
      .filter(({ unit }) => unit === 'bytes')
      .map(({ id, at }) => [id, at.p50 === null ? null : Math.round((at.p50 - view.observedAt) / 1000)])
    // Image collection below 160 MB, imagefs below 150, nodefs below 100, full at 0.
    expect(seconds).toEqual([
      ['image-gc', 40],
      ['imagefs.available', 50],
      ['nodefs.available', 100],
      ['full', 200],
    ])
  })

  it('names the victims: idle images, then the pod, then the image that it leaves', () => {
    const { actions } = forecastNode(filling(200), { horizon: HOUR })
    const taken = actions.flatMap(({ kind, victims, victimSet }) =>
      [...victims, ...victimSet].map((victim) => `${kind} ${'name' in victim ? (victim.name ?? '') : ''}`),
    )
    expect(taken.slice(0, 2).toSorted()).toEqual([
      expect.stringMatching(/(image-gc|reclaim).* lab.local\/(old|pause):1/),
      expect.stringMatching(/(image-gc|reclaim).* lab.local\/(old|pause):1/),
    ])
    expect(taken.findIndex((one) => one === 'evict-pod es')).toBeLessThan(
      taken.findIndex((one) => /lab\.local\/es:1/.test(one)),
    )
  })

  it('says what follows: the pause image, the image of the evicted pod, its volume on this disk', () => {
    const claim = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-es' } }] }
    const volume = PersistentVolume.parse({
      metadata: { name: 'pv' },
      spec: { local: { path: '/mnt/pv' }, claimRef: { namespace: 'log', name: 'data-es' } },
    })
    const said = english(
      filling(200, { pods: part([podOf('es', claim)]), persistentVolumes: part([volume]) }),
    ).join('\n')
    expect(said).toContain('No pod can start on this node any more once its pause image lab.local/pause:1')
    expect(said).toContain('log/es cannot start again here: its image lab.local/es:1 is deleted')
    expect(said).toContain('log/es can run on no other node: its claim log/data-es')
  })

  it('counts what a registry was seen to have as no loss, but for a pod that never pulls', () => {
    const seen = images('es', 'old', 'pause')
    const pullable = { state: 'yes', why: 'found', checkedAt: 0 } as const
    const all = { ...seen, value: seen.value.map((image) => ({ ...image, pullable })) }
    const said = (more: Partial<NodeView>) => english(filling(140, { images: all, ...more })).join('\n')
    expect(said({})).not.toMatch(/lab\.local/)
    const pod = podOf('es')
    const containers = pod.spec.containers.map((one) => ({ ...one, imagePullPolicy: 'Never' }))
    const never = { ...pod, spec: { ...pod.spec, containers } }
    expect(said({ pods: part([never]) })).toContain(
      'log/es cannot start again here: its image lab.local/es:1',
    )
  })

  it('spares the pause image where kubelet and runtime pin it', () => {
    const pinned = filling(200, { kubeletVersion: 'v1.30.0', containerRuntimeVersion: 'containerd://1.7.20' })
    expect(english(pinned).join('\n')).not.toContain('pause')
  })

  it('counts the unpacked layers that go with an image: the pod is evicted later (semantics §1.8)', () => {
    const evictedAt = (more: Partial<NodeView>) =>
      forecastNode(filling(200, more), { horizon: HOUR }).actions.find(({ kind }) => kind === 'evict-pod')?.at
    const unpacked = { pods: [], imageFsUsedBytes: 60 * MB, isSingleFilesystem: true }
    const asReported = evictedAt({})
    const withLayers = evictedAt({
      containerRuntimeVersion: 'containerd://1.6.20',
      summaries: [part(unpacked)],
    })
    // Two idle images of 10 MB, and two unpacked MB for each of them.
    expect(withLayers?.p50).toBeGreaterThanOrEqual((asReported?.p50 ?? Infinity) + 30_000)
    expect((withLayers?.p90 ?? 0) - (withLayers?.p10 ?? 0)).toBeGreaterThan(
      (asReported?.p90 ?? 0) - (asReported?.p10 ?? 0),
    )
  })

  it('tells who grows, and what grows beyond the pods', () => {
    const summaries = [0, 100, 200].map((second) => ({
      ...part({ pods: [usage('es', second * 0.4 * MB)], isSingleFilesystem: true }),
      observedAt: second * 1000,
    }))
    const { consumers } = forecastNode(filling(500, { summaries }), { horizon: HOUR })
    expect(consumers.map(({ pod, bytesPerSecond }) => [pod, Math.round(bytesPerSecond / 1e4) / 100])).toEqual(
      [
        [undefined, 0.6],
        ['log/es', 0.4],
      ],
    )
  })

  it('does not simulate a node that crosses nothing within the horizon', () => {
    const quiet = nodeView(
      Array.from({ length: 300 }, () => 500),
      {
        kubeletVersion: 'v1.20.2',
        images: images('old'),
      },
    )
    const forecast = forecastNode({ ...quiet, observedAt: 299_000 }, { horizon: HOUR })
    expect(forecast.actions).toEqual([])
    expect(forecast.levels.every(({ at }) => at.p10 === null)).toBe(true)
  })

  describe('images that may be too young (semantics §1.2)', () => {
    const SECOND = 1000
    const takes = (kubeletVersion: string, kubeletStartedAt?: number) => {
      // Eviction is 10 s away, images may go from two minutes after the start.
      const view = filling(160, {
        kubeletVersion,
        ...(kubeletStartedAt === undefined ? {} : { kubeletStartedAt }),
      })
      const { actions, gaps } = forecastNode(view, { horizon: HOUR })
      const [first] = actions.filter(({ victims, victimSet }) =>
        [...victims, ...victimSet].some(({ kind }) => kind === 'image'),
      )
      const seconds = ((first?.at.p50 ?? 0) - view.observedAt) / SECOND
      return {
        isSoon: seconds < 60,
        atLeast: first?.taken?.min ?? first?.victims.length,
        isGap: gaps.some(({ key }) => key === 'forecast.gap-start'),
      }
    }

    it.each<[string, string, number | undefined, ReturnType<typeof takes>]>([
      ['1.30, started long ago', 'v1.30.2', -HOUR, { isSoon: true, atLeast: 2, isGap: false }],
      [
        '1.30, just started: the pod goes first, and leaves its image',
        'v1.30.2',
        290 * SECOND,
        { isSoon: false, atLeast: 3, isGap: false },
      ],
      ['1.30, nobody knows when', 'v1.30.2', undefined, { isSoon: true, atLeast: 0, isGap: true }],
      [
        '1.20, just started: what was there is as old as time',
        'v1.20.2',
        290 * SECOND,
        { isSoon: true, atLeast: 2, isGap: false },
      ],
      ['1.20, nobody knows when', 'v1.20.2', undefined, { isSoon: true, atLeast: 2, isGap: false }],
    ])('%s', (_, version, startedAt, expected) => {
      expect(takes(version, startedAt)).toEqual(expected)
    })

    it('what goes for its maximum age goes perhaps, for nothing tells when it was last used', () => {
      const view = filling(200, { kubeletVersion: 'v1.30.2', kubeletStartedAt: -2 * HOUR })
      const configuration = { ...view.kubeletConfiguration!.value, imageMaximumGCAge: '1h0m0s' }
      const { actions } = forecastNode(
        { ...view, kubeletConfiguration: part(configuration) },
        { horizon: HOUR },
      )
      const forAge = actions.find(({ why }) => why.key === 'simulate.why.maximum-age')
      expect(forAge).toMatchObject({ victims: [], taken: { min: 0, max: 2 }, freedBytes: { min: 0 } })
    })
  })

  it('says what it does not know, and forecasts no action then', () => {
    const { kubeletVersion: _, kubeletConfiguration: __, ...view } = filling(200)
    const { actions, gaps, levels } = forecastNode(view, { horizon: HOUR })
    expect(actions).toEqual([])
    expect(levels.map(({ id }) => id)).toEqual(['full', 'inodes-full'])
    expect(gaps.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['forecast.gap-settings', 'forecast.gap-version', 'forecast.gap-usage']),
    )
  })

  it.each(['banana', 'v2.0.0', ''])(
    'assumes no rule for a kubelet that calls itself %j',
    (kubeletVersion) => {
      const { actions, gaps } = forecastNode(filling(200, { kubeletVersion }), { horizon: HOUR })
      expect(actions).toEqual([])
      expect(gaps.map(({ key }) => key)).toContain('forecast.gap-version')
    },
  )

  it('makes no number of what is no number: readings of any kind, clocks that jump', () => {
    const figure = fc.oneof(
      fc.integer({ min: 0, max: 2e9 }),
      fc.constantFrom(0, -1, Number.NaN, Infinity, 1e300),
    )
    const reading = fc.record({
      at: fc.oneof(fc.integer({ min: -1e6, max: 1e6 }), fc.constant(Number.NaN)),
      capacityBytes: fc.oneof(fc.constant(1e9), figure),
      availableBytes: figure,
      usedBytes: figure,
      inodes: figure,
      inodesFree: figure,
    })
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 60 }), (readings) => {
        const view = filling(200, { readings, history: readings.slice(0, 5) })
        const { levels, band, actions, growth, consumers } = forecastNode(view, { horizon: HOUR })
        expect(strangeNumbers({ levels, band, actions, growth, consumers })).toEqual([])
        for (const { at } of [...levels, ...actions]) {
          for (const instant of [at.p10, at.p50, at.p90]) {
            if (instant !== null) expect(Number.isFinite(instant)).toBe(true)
          }
        }
        for (const { low, middle, high } of band) {
          expect(low).toBeLessThanOrEqual(middle)
          expect(middle).toBeLessThanOrEqual(high)
          expect(high).toBeLessThanOrEqual(readings.at(-1)?.capacityBytes ?? 1e300)
        }
      }),
    )
  })
})
