import { z } from 'zod'
import { parseDuration } from '../units/duration.ts'
import { parseQuantity } from '../units/quantity.ts'
import { isJsonObject, readableEntries, readableFields, type UnreadableField } from './readable-fields.ts'

/** What Go's durations and quantities can hold: 64 bits. */
const MOST_MILLISECONDS = 2 ** 63 / 1e6
const MOST_QUANTITY = 2 ** 63

/** The signals that a kubelet knows thresholds for (docs/kubelet-semantics.md §3.1, all versions). */
const SIGNALS: ReadonlySet<string> = new Set([
  'memory.available',
  'allocatableMemory.available',
  'nodefs.available',
  'nodefs.inodesFree',
  'imagefs.available',
  'imagefs.inodesFree',
  'containerfs.available',
  'containerfs.inodesFree',
  'pid.available',
])

const isQuantity = (text: string, isGood: (quantity: number) => boolean) => {
  const quantity = parseQuantity(text)
  return quantity !== undefined && quantity < MOST_QUANTITY && isGood(quantity)
}
const percentOf = (text: string) => {
  const percent = /^(\d{1,9}(?:\.\d{1,9})?)%$/.exec(text)?.[1]
  return percent === undefined ? undefined : Number(percent)
}
const asText = z.union([z.string().max(64), z.number().transform(String)])

const percent = z.number().int().min(0).max(100)
const quantity = asText.refine((text) => isQuantity(text, (value) => value >= 0))
const duration = z
  .string()
  .max(64)
  .refine((text) => {
    const length = parseDuration(text)
    return length !== undefined && length >= 0 && length <= MOST_MILLISECONDS
  })
/** A percentage up to 100, where 0 and 100 mean none, or a quantity above 0 (§3.2). */
const threshold = asText.refine((text) => {
  const percentage = percentOf(text)
  return percentage === undefined ? isQuantity(text, (value) => value > 0) : percentage <= 100
})
/** A percentage above 0, or a quantity (§3.2). */
const reclaim = asText.refine((text) => {
  const percentage = percentOf(text)
  return percentage === undefined
    ? isQuantity(text, (value) => value >= 0)
    : percentage > 0 && percentage <= 100
})

const FIELDS = {
  imageGCHighThresholdPercent: percent,
  imageGCLowThresholdPercent: percent,
  imageMinimumGCAge: duration,
  imageMaximumGCAge: duration,
  evictionMaxPodGracePeriod: z.int(),
  mergeDefaultEvictionSettings: z.boolean(),
  localStorageCapacityIsolation: z.boolean(),
  evictionPressureTransitionPeriod: duration,
  volumeStatsAggPeriod: duration,
  containerLogMaxSize: quantity,
  containerLogMaxFiles: z.int(),
  nodeStatusMaxImages: z.int(),
}
const MAPS = {
  evictionHard: threshold,
  evictionSoft: threshold,
  evictionSoftGracePeriod: duration,
  evictionMinimumReclaim: reclaim,
}

/**
 * The fields of `kubelet.config.k8s.io/v1beta1` KubeletConfiguration that decide about disks. What is not
 * there has its default; but `/configz` shows the settings in effect, so that no `evictionHard` there
 * means no threshold.
 */
export interface KubeletConfiguration {
  imageGCHighThresholdPercent: number
  imageGCLowThresholdPercent: number
  imageMinimumGCAge: string
  imageMaximumGCAge?: string | undefined
  evictionHard: Record<string, string>
  evictionSoft: Record<string, string>
  evictionSoftGracePeriod?: Record<string, string> | undefined
  evictionMinimumReclaim?: Record<string, string> | undefined
  evictionMaxPodGracePeriod?: number | undefined
  mergeDefaultEvictionSettings?: boolean | undefined
  localStorageCapacityIsolation?: boolean | undefined
  evictionPressureTransitionPeriod: string
  volumeStatsAggPeriod?: string | undefined
  containerLogMaxSize: string
  containerLogMaxFiles: number
  /** How many images Node.status.images lists at most; negative for all. */
  nodeStatusMaxImages?: number | undefined
  /** What could not be read, and counts as if it were not there; absent when everything could. */
  problems?: readonly UnreadableField[] | undefined
}

const defaults = (): KubeletConfiguration => ({
  imageGCHighThresholdPercent: 85,
  imageGCLowThresholdPercent: 80,
  imageMinimumGCAge: '2m0s',
  evictionHard: {},
  evictionSoft: {},
  evictionPressureTransitionPeriod: '5m0s',
  containerLogMaxSize: '10Mi',
  containerLogMaxFiles: 5,
})

/** Reads a KubeletConfiguration. Refuses only what is no object: one field that cannot be read spoils no other. */
export const KubeletConfiguration = z
  .unknown()
  .refine(isJsonObject, 'is no object')
  .transform((input): KubeletConfiguration => {
    const { fields, problems } = readableFields(input, FIELDS)
    for (const [field, schema] of Object.entries(MAPS)) {
      const map = readableEntries(field, input[field], SIGNALS, schema)
      if (map.entries) fields[field] = map.entries
      problems.push(...map.problems)
    }
    return { ...defaults(), ...fields, ...(problems.length > 0 ? { problems } : {}) }
  })

/** The eviction signal that an entry is for and no kubelet knows, such as `nodefs.availabel`; undefined where its value is the problem. */
export function unknownSignal({ field }: UnreadableField): string | undefined {
  const [map = '', ...rest] = field.split('.')
  const signal = rest.join('.')
  return map in MAPS && rest.length > 0 && !SIGNALS.has(signal) ? signal : undefined
}

/** What the kubelet's `/configz` answers. */
export const Configz = z.object({ kubeletconfig: KubeletConfiguration })

/** Whether a field, or an entry of it, was there but could not be read: then its default is no fact. */
export function isUnreadable(
  { problems = [] }: KubeletConfiguration,
  field: keyof KubeletConfiguration,
): boolean {
  return problems.some((problem) => problem.field === field || problem.field.startsWith(`${field}.`))
}
