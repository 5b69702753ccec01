import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import { imageGcBytesToFree, imageGcUsagePercent, type DiskSpace } from '../image-gc-threshold.ts'
import { freeImages, type Freed } from './freeing.ts'
import type { ImageGcRules } from './image-gc-rules.ts'
import {
  detectImages,
  withoutImages,
  type ImageListing,
  type ImageManagerState,
  type ImageRecord,
} from './image-records.ts'

/** The settings of image garbage collection (semantics §1.1). */
export interface ImageGcSettings {
  highThresholdPercent: number
  lowThresholdPercent: number
  minimumAge: Duration
  /** 0 switches it off. */
  maximumAge: Duration
}

/** What a pass finds. */
export interface ImageGcInput {
  at: Instant
  listing: ImageListing
  /** Undefined while the kubelet has no figures, as right after its start (semantics §1.4). */
  space: DiskSpace | undefined
  /** When the kubelet started its collection loops. */
  loopsStartedAt: Instant
}

/** How a threshold pass ends. */
export type ImageGcOutcome =
  | { kind: 'no-capacity' }
  | { kind: 'below-threshold'; usagePercent: number }
  | { kind: 'freed' | 'fell-short' | 'undecided'; usagePercent: number; wantedBytes: number; freed: Freed }

/** What a threshold pass does. */
export interface ImageGcPass {
  state: ImageManagerState
  /** Removed for their age, whatever the disk's use (semantics §1.7). */
  overAge: readonly ImageRecord[]
  outcome: ImageGcOutcome
}

/** Whether the threshold loop runs at all (semantics §1.1): a high threshold of 100 switches it off, from 1.30 on only without a maximum age. */
export function runsImageGc(
  { highThresholdPercent, maximumAge }: ImageGcSettings,
  rules: ImageGcRules,
): boolean {
  return highThresholdPercent !== 100 || (rules.maximumAge === 'after-one-maximum-age' && maximumAge > 0)
}

/** The pass that runs every five minutes (semantics §1.4, in the order of steps of the version). */
export function imageGcPass(
  state: ImageManagerState,
  settings: ImageGcSettings,
  input: ImageGcInput,
  rules: ImageGcRules,
): ImageGcPass {
  const { at, listing, space } = input
  const usagePercent = space && imageGcUsagePercent(space)
  const isOver = usagePercent !== undefined && usagePercent >= settings.highThresholdPercent
  const look = () => detectImages(state, listing, at, 'for-collection', rules)
  const detected = rules.detectsFirst || isOver ? look() : state
  const overAge = rules.detectsFirst ? imagesOverAge(detected, settings, input, rules) : []
  const left = withoutImages(detected, overAge)
  if (!space || usagePercent === undefined) return { state: left, overAge, outcome: { kind: 'no-capacity' } }
  if (!isOver) return { state: left, overAge, outcome: { kind: 'below-threshold', usagePercent } }
  const wantedBytes = imageGcBytesToFree(space, settings.lowThresholdPercent)
  const freed = freeImages(left, { at, minimumAge: settings.minimumAge, wantedBytes }, rules)
  const { min, max } = freed.freedBytes
  const kind = min >= wantedBytes ? 'freed' : max < wantedBytes ? 'fell-short' : 'undecided'
  return {
    state: withoutImages(left, freed.removed),
    overAge,
    outcome: { kind, usagePercent, wantedBytes, freed },
  }
}

/** The deletion that the eviction manager asks for (semantics §1.10): all that can go, thresholds ignored. */
export function deleteUnusedImages(
  state: ImageManagerState,
  { minimumAge }: ImageGcSettings,
  { at, listing }: Pick<ImageGcInput, 'at' | 'listing'>,
  rules: ImageGcRules,
): { state: ImageManagerState; freed: Freed } {
  const detected = detectImages(state, listing, at, 'for-collection', rules)
  const freed = freeImages(detected, { at, minimumAge, wantedBytes: Infinity }, rules)
  return { state: withoutImages(detected, freed.removed), freed }
}

/** Images unused for longer than the maximum age; neither the minimum age nor the first detection is looked at (semantics §1.7). */
function imagesOverAge(
  { lastLook }: ImageManagerState,
  { maximumAge }: ImageGcSettings,
  { at, loopsStartedAt }: ImageGcInput,
  rules: ImageGcRules,
): ImageRecord[] {
  if (rules.maximumAge === 'none' || maximumAge <= 0) return []
  if (rules.maximumAge === 'after-one-maximum-age' && at - loopsStartedAt <= maximumAge) return []
  return lastLook.idle.filter(({ pinned, lastUsed }) => !pinned && at - lastUsed > maximumAge)
}
