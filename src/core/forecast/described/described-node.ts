import { z } from 'zod'
import { parseDuration } from '../../units/duration.ts'
import { parseInstant } from '../../units/instant.ts'
import { parseQuantity } from '../../units/quantity.ts'
import { refusedSettings } from './refused-settings.ts'

const bytes = z
  .union([z.number(), z.string()], { error: 'is missing, or no quantity such as 20Gi or 1500000000' })
  .transform((value) => (typeof value === 'number' ? value : (parseQuantity(value) ?? Number.NaN)))
  .refine((value) => Number.isSafeInteger(value) && value >= 0, 'is no quantity such as 20Gi or 1500000000')
  .describe('A Kubernetes quantity, such as `20Gi`, or a number of bytes.')

const rate = bytes.describe('Bytes per second, as a quantity, such as `5Mi`.')
const count = z.int().nonnegative()

const after = z
  .string()
  .transform((text) => parseDuration(text) ?? Number.NaN)
  .refine((value) => Number.isFinite(value), 'is no duration such as 90s or 1h30m')
  .describe('How long after the start, such as `90s` or `1h30m`; before it with a minus.')

const instant = z
  .union([z.string(), z.date()])
  .transform((value) => (typeof value === 'string' ? (parseInstant(value) ?? Number.NaN) : value.getTime()))
  .refine((value) => Number.isFinite(value), 'is no time such as 2026-11-24T08:00:00Z')

const thresholds = z.record(z.string(), z.string())

const Configuration = z
  .looseObject({
    imageGCHighThresholdPercent: z.int().min(0).max(100).default(85),
    imageGCLowThresholdPercent: z.int().min(0).max(100).default(80),
    imageMinimumGCAge: z.string().default('2m0s'),
    imageMaximumGCAge: z.string().optional(),
    evictionHard: thresholds
      .optional()
      .describe('Absent: the defaults of the version. A map replaces all of them.'),
    evictionSoft: thresholds.optional(),
    evictionSoftGracePeriod: thresholds.optional(),
    evictionMinimumReclaim: thresholds.optional(),
    evictionPressureTransitionPeriod: z.string().default('5m0s'),
    evictionMaxPodGracePeriod: z.number().optional(),
    mergeDefaultEvictionSettings: z.boolean().optional(),
    localStorageCapacityIsolation: z.boolean().optional(),
  })
  .superRefine((configuration, context) => {
    for (const { field, message } of refusedSettings(configuration)) {
      context.addIssue({ code: 'custom', path: field.split(' '), message })
    }
  })
  .describe(
    'As in a KubeletConfiguration file or in `/configz`; fields that decide nothing here are ignored.',
  )

const Filesystem = z
  .strictObject({
    capacity: bytes,
    available: bytes.describe('What an unprivileged process may still use (statfs `f_bavail`).'),
    inodes: count.optional(),
    inodesFree: count.optional(),
  })
  .refine(({ capacity }) => capacity > 0, {
    message: 'is 0: the kubelet would know no capacity',
    path: ['capacity'],
  })
  .refine(({ capacity, available }) => available <= capacity, {
    message: 'is larger than the capacity',
    path: ['available'],
  })
  .refine(({ inodes = 0, inodesFree = 0 }) => inodesFree <= inodes, {
    message: 'is larger than inodes',
    path: ['inodesFree'],
  })

const Image = z.strictObject({
  name: z.string(),
  id: z.string().optional().describe('Default: the name.'),
  size: bytes.describe('As the runtime reports it: what the kubelet counts as freed.'),
  onDisk: bytes.optional().describe('What its removal gives back to the disk. Default: the size.'),
  pinned: z.boolean().optional(),
  lastUsed: after.optional().describe('Absent: never seen in use since the kubelet started.'),
  firstDetected: after
    .optional()
    .describe('Default: when the kubelet started; before 1.29 what it found then is as old as time.'),
})

const Container = z.strictObject({
  name: z.string(),
  image: z.string().optional(),
  request: bytes.optional().describe('Requested ephemeral storage.'),
  limit: bytes.optional().describe('Limit of ephemeral storage.'),
  writable: bytes.default(0).describe('Bytes in its writable layer.'),
  logs: bytes.default(0).describe('Bytes of its logs.'),
  writableGrowth: rate.default(0),
  logsGrowth: rate.default(0),
  inodes: count.default(0).describe('Inodes of its writable layer and logs.'),
})

const EmptyDir = z.strictObject({
  name: z.string(),
  used: bytes.default(0),
  growth: rate.default(0),
  sizeLimit: bytes.optional(),
  inodes: count.default(0),
})

const Pod = z.strictObject({
  name: z.string(),
  namespace: z.string().default('default'),
  uid: z.string().optional().describe('Default: one made from the name.'),
  priority: z.int().default(0),
  static: z.boolean().default(false).describe('From a manifest file on the node.'),
  finished: z
    .boolean()
    .default(false)
    .describe('Succeeded or Failed: its dead containers keep their images from being deleted.'),
  measured: z
    .boolean()
    .default(true)
    .describe('Whether the kubelet has stats of it; among pods to evict, those without come first.'),
  gracePeriodSeconds: count.default(30),
  boundAfter: after.optional().describe('For a pod that comes later.'),
  endsAfter: after.optional().describe('For a pod that someone deletes.'),
  containers: z.array(Container).min(1),
  emptyDirs: z.array(EmptyDir).default([]),
})

const Writer = z.strictObject({
  name: z.string().describe('What writes, for a person to read: a PersistentVolume directory, the journal.'),
  filesystem: z.enum(['nodefs', 'imagefs']).default('nodefs'),
  bytesPerSecond: rate.default(0),
  inodesPerSecond: z.number().nonnegative().default(0),
  from: after.optional(),
  until: after.optional(),
})

/** A node, its kubelet and what grows on it: the input of `kubepatrol simulate FILE`. */
export const DescribedNode = z.strictObject({
  start: instant.optional().describe('When the simulation begins. Default: 1970-01-01T00:00:00Z.'),
  duration: after.default(86_400_000).describe('How long it runs. Default: `24h`.'),
  kubelet: z.strictObject({
    version: z.string().describe('Such as `v1.27.3`: the rules of that version hold.'),
    runningFor: after
      .refine((value) => value >= 0, 'is negative: the kubelet would start after the start')
      .default(86_400_000)
      .describe('Since when the kubelet runs, before the start. Default: `24h`.'),
    sandboxImage: z.string().optional().describe('What `--pod-infra-container-image` says.'),
    configuration: Configuration.prefault({}),
  }),
  filesystems: z.strictObject({
    nodefs: Filesystem,
    imagefs: Filesystem.optional().describe('Absent: images and writable layers are on nodefs.'),
  }),
  images: z.array(Image).default([]),
  pods: z.array(Pod).default([]),
  writers: z.array(Writer).default([]).describe('What grows beside the pods; the kubelet counts it nowhere.'),
})
type Described = z.output<typeof DescribedNode>
type DescribedImage = Described['images'][number]

/** A described node with its defaults. One that was observed may have images of unknown size; then no figure is made of them. */
export type DescribedNode = Omit<Described, 'images'> & {
  images: (Omit<DescribedImage, 'size'> & { size?: DescribedImage['size'] })[]
}
export type DescribedPod = DescribedNode['pods'][number]
