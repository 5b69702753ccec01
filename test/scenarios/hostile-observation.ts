import fc from 'fast-check'
import { KubeletConfiguration } from '../../src/core/kubernetes/kubelet-configuration.ts'
import type { FilesystemReading, NodeObservation } from '../../src/core/observe/observation.ts'

const SIGNALS = ['nodefs.available', 'nodefs.inodesFree', 'imagefs.available', 'imagefs.inodesFree']
const MAPS = ['evictionHard', 'evictionSoft', 'evictionSoftGracePeriod', 'evictionMinimumReclaim']
const PERCENTS = ['imageGCHighThresholdPercent', 'imageGCLowThresholdPercent']
const DURATIONS = ['evictionPressureTransitionPeriod', 'imageMaximumGCAge', 'imageMinimumGCAge']

/** Numbers that figures should not be, and some that they may. */
const hostileNumber = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 2_000_000_000 }) },
  { weight: 1, arbitrary: fc.double() },
  {
    weight: 2,
    arbitrary: fc.constantFrom(0, -0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 64, 1e300),
  },
)

/** JSON; without the texts that would be mistaken for a slip of ours in a sentence. */
const json = fc.jsonValue().filter((value) => !/NaN|Infinity|undefined/.test(JSON.stringify(value)))
const threshold = fc.constantFrom('0%', '100%', '5%', '10%', '15%', '20%', '99.9%', '1Gi', '500M', '1')
const duration = fc.constantFrom('2m', '0s', '5s', '29s', '10h')
const setting = fc.oneof(
  { weight: 8, arbitrary: threshold },
  { weight: 2, arbitrary: duration },
  { weight: 1, arbitrary: fc.constantFrom('250%', '-1%', '0', '9e99', '-1h', 'soon', '') },
  { weight: 1, arbitrary: json },
)
const period = fc.oneof({ weight: 3, arbitrary: duration }, { weight: 1, arbitrary: json })
const signal = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...SIGNALS) },
  { weight: 1, arbitrary: fc.constantFrom('memory.available', 'disk.available', '__proto__') },
)
const map = fc.oneof({ weight: 6, arbitrary: fc.dictionary(signal, setting) }, { weight: 1, arbitrary: json })
const percent = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(80, 83, 84, 85, 100) },
  { weight: 2, arbitrary: fc.integer({ min: -5, max: 120 }) },
  { weight: 1, arbitrary: json },
)

/** What `/configz` could answer: rather like a configuration, or any JSON at all. */
const hostileConfiguration = fc
  .oneof(
    fc.record(
      {
        ...Object.fromEntries(MAPS.map((field) => [field, map])),
        ...Object.fromEntries(PERCENTS.map((field) => [field, percent])),
        ...Object.fromEntries(DURATIONS.map((field) => [field, period])),
        mergeDefaultEvictionSettings: fc.oneof(fc.boolean(), json),
      },
      { requiredKeys: [] },
    ),
    fc.dictionary(fc.string(), json),
  )
  .map((input) => KubeletConfiguration.parse(input))

const capacity = fc.integer({ min: 1, max: 2_000_000_000 })
const plausibleReading = fc
  .record({ at: fc.nat(10_000), capacityBytes: capacity, inodes: fc.nat(1000) })
  .chain(({ at, capacityBytes, inodes }) =>
    fc.record({
      at: fc.constant(at),
      capacityBytes: fc.constant(capacityBytes),
      availableBytes: fc.nat(capacityBytes),
      usedBytes: fc.nat(capacityBytes),
      inodes: fc.constant(inodes),
      inodesFree: fc.nat(inodes),
    }),
  )
const hostileReading: fc.Arbitrary<FilesystemReading> = fc.oneof(
  plausibleReading,
  fc.record({
    at: hostileNumber,
    capacityBytes: hostileNumber,
    availableBytes: hostileNumber,
    usedBytes: hostileNumber,
    inodes: hostileNumber,
    inodesFree: hostileNumber,
  }),
)

const text = fc.string({ maxLength: 20 }).filter((value) => !/NaN|Infinity|undefined/.test(value))
const version = fc.oneof(
  fc.constantFrom('v1.14.0', 'v1.20.2', 'v1.28.3', 'v1.29.0', 'v1.30.2', 'v1.33.1', 'v2.0.0', ''),
  text,
)
const runtime = fc.oneof(
  fc.constantFrom('containerd://1.6.20', 'containerd://1.7.3', 'cri-o://1.30.0', 'docker://20.10'),
  text,
)
const image = fc.oneof(fc.constantFrom('k8s.gcr.io/pause:3.2', 'lab.local/pause:3.6', 'app:1'), text)
const part = <T>(value: fc.Arbitrary<T>) =>
  value.map((content) => ({ value: content, source: 'test', observedAt: 0 }))

/** What could be observed of a node whose figures and settings nobody has checked. */
export const hostileNode: fc.Arbitrary<NodeObservation> = fc.record(
  {
    name: fc.constant('n1'),
    kubeletVersion: version,
    containerRuntimeVersion: runtime,
    sandboxImage: image,
    kubeletConfiguration: part(hostileConfiguration),
    images: part(
      fc.array(fc.record({ names: fc.array(image, { maxLength: 2 }) }, { requiredKeys: ['names'] }), {
        maxLength: 4,
      }),
    ),
    summary: part(
      fc.record({ pods: fc.constant([]), isSingleFilesystem: fc.boolean() }, { requiredKeys: ['pods'] }),
    ),
    imageNames: fc.dictionary(fc.constantFrom('sha256:1', 'sha256:2'), fc.array(image, { maxLength: 2 })),
    nodefs: fc.array(hostileReading, { maxLength: 5 }),
    facts: fc.constant([]),
  },
  { requiredKeys: ['name', 'imageNames', 'nodefs', 'facts'] },
)
