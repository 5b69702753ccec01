import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SimulatedAction } from '../simulation/action.ts'
import { simulate } from '../simulation/simulate.ts'
import type { World } from '../simulation/world.ts'
import { DescribedNode } from './described-node.ts'
import { describedWorld } from './described-world.ts'
import { begin } from './simulate-node.ts'

describe('what is left out makes no difference', () => {
  const anyNode = fc.record({
    minor: fc.constantFrom(16, 20, 22, 30, 36),
    availableGib: fc.integer({ min: 8, max: 30 }),
    mibPerSecond: fc.integer({ min: 0, max: 20 }),
    inodesPerSecond: fc.constantFrom(0, 0, 40),
    logsMib: fc.integer({ min: 0, max: 3 }),
    from: fc.integer({ min: 0, max: 40 }),
    comesAfter: fc.integer({ min: 1, max: 55 }),
    reclaim: fc.constantFrom({}, { 'nodefs.available': '5%' }),
    soft: fc.boolean(),
  })
  const described = (some: typeof anyNode extends fc.Arbitrary<infer T> ? T : never) =>
    DescribedNode.parse({
      duration: '1h',
      kubelet: {
        version: `v1.${some.minor}.0`,
        configuration: {
          evictionMinimumReclaim: some.reclaim,
          ...(some.soft
            ? {
                evictionSoft: { 'nodefs.available': '20%' },
                evictionSoftGracePeriod: { 'nodefs.available': '3m' },
              }
            : {}),
        },
      },
      filesystems: {
        nodefs: {
          capacity: '100Gi',
          available: `${some.availableGib}Gi`,
          inodes: 1_000_000,
          inodesFree: 90_000,
        },
      },
      images: [
        { name: 'idle', size: '2Gi', lastUsed: '-1h' },
        { name: 'young', size: '1Gi', firstDetected: '-30s' },
        { name: 'app', size: '1Gi' },
      ],
      pods: [
        {
          name: 'app',
          containers: [{ name: 'c', image: 'app', logs: '1Gi', logsGrowth: `${some.logsMib}Mi` }],
        },
        { name: 'job', finished: true, containers: [{ name: 'c', image: 'idle' }] },
        {
          name: 'late',
          boundAfter: `${some.comesAfter}m`,
          containers: [{ name: 'c', limit: '2Gi', writableGrowth: '1Mi' }],
        },
        { name: 'ends', endsAfter: `${some.comesAfter}m`, containers: [{ name: 'c', writable: '3Gi' }] },
      ],
      writers: [
        {
          name: 'PV',
          from: `${some.from}m`,
          bytesPerSecond: `${some.mibPerSecond}Mi`,
          inodesPerSecond: some.inodesPerSecond,
        },
      ],
    })

  /** A reclaim that finds nothing is repeated every ten seconds, and told only once. */
  const isEffective = ({ kind, victims, victimSet }: SimulatedAction) =>
    kind.startsWith('pressure') || victims.length + victimSet.length > 0

  it('the same happens to the same at the same time', () => {
    fc.assert(
      fc.property(anyNode, (some) => {
        const node = described(some)
        const begun = begin(node)
        if (!begun) throw new Error('the version is known')
        const run = (world: World) =>
          simulate(begun.kubelet, world, begun.state, node.duration).actions.filter(isEffective)
        const every = run({ ...describedWorld(node), steadyUntil: (at) => at })
        expect(run(describedWorld(node))).toEqual(every)
      }),
      { numRuns: 25 },
    )
  })
})
