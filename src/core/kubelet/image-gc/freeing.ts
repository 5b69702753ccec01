import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import type { ImageGcRules } from './image-gc-rules.ts'
import type { ImageRecord } from './image-records.ts'
import { chooseAmongTied, type TiedChoice } from './tied-choice.ts'

/** Why an image is left alone in a pass. */
export type SkipReason = 'in-use' | 'pinned' | 'used-too-recently' | 'too-young'

/** An image that a pass leaves alone, and why. */
export interface Spared {
  image: ImageRecord
  why: SkipReason
}

/** What a pass removes, with what is undefined left undefined (semantics §1.6, §1.8). */
export interface Freed {
  /** Removed whatever the undefined order is, in the order of removal as far as it is defined. */
  removed: readonly ImageRecord[]
  /** Of these tied images some are removed, which is undefined; empty when all is certain. */
  tied: TiedChoice | undefined
  /**
   * The bytes freed by the kubelet's accounting, least and most. Not what the disk gains (semantics §1.8).
   * `max` is `Infinity` where an image goes whose size is not known.
   */
  freedBytes: { min: number; max: number }
  spared: readonly Spared[]
}

/** Whether images may be removed in a pass at this instant, longest unused first. */
export interface FreeingOptions {
  at: Instant
  minimumAge: Duration
  /** Bytes wanted; `Infinity` when the eviction manager asks for all that can go (semantics §1.10). */
  wantedBytes: number
  isInUse: (id: string) => boolean
}

/**
 * The freeing loop (semantics §1.5, §1.6, §1.8, all versions): candidates in the order of last use, then
 * of first detection, each removed until as much as wanted is freed. The comparison comes after a
 * removal, so that the first eligible image goes even when nothing is wanted.
 */
export function freeImages(
  records: Iterable<ImageRecord>,
  options: FreeingOptions,
  rules: ImageGcRules,
): Freed {
  const eligible: ImageRecord[] = []
  const spared: Spared[] = []
  for (const image of records) {
    const why = skipReason(image, options, rules)
    if (why === undefined) eligible.push(image)
    else spared.push({ image, why })
  }
  const removed: ImageRecord[] = []
  let freed = 0
  let tied: TiedChoice | undefined
  for (const group of tieGroups(eligible)) {
    if (group.some(({ sizeBytes }) => sizeBytes === undefined) && Number.isFinite(options.wantedBytes)) {
      tied = undecidedFrom(eligible, removed)
      break
    }
    const choice = chooseAmongTied(group, options.wantedBytes - freed)
    if (choice.isCertain) {
      removed.push(...group)
      freed += sumOf(group)
      if (freed >= options.wantedBytes) break
    } else {
      tied = choice
      break
    }
  }
  return {
    removed,
    tied,
    freedBytes: {
      min: freed + (tied?.bytes.min ?? 0),
      max: removed.some(({ sizeBytes }) => sizeBytes === undefined)
        ? Infinity
        : freed + (tied?.bytes.max ?? 0),
    },
    spared,
  }
}

/** From an image on whose size nothing tells, nobody knows where the loop stops; that it removes one more is certain. */
function undecidedFrom(eligible: readonly ImageRecord[], removed: readonly ImageRecord[]): TiedChoice {
  const images = eligible.filter((image) => !removed.includes(image))
  return {
    isCertain: false,
    images,
    count: { min: 1, max: images.length },
    bytes: { min: 0, max: Infinity },
  }
}

/** Images of the same last use and first detection have no order among themselves (semantics §1.6). */
function tieGroups(images: readonly ImageRecord[]): ImageRecord[][] {
  const groups: ImageRecord[][] = []
  for (const image of images.toSorted(byUse)) {
    const last = groups.at(-1)
    if (last?.[0] && byUse(last[0], image) === 0) last.push(image)
    else groups.push([image])
  }
  return groups
}

function byUse(a: ImageRecord, b: ImageRecord): number {
  return compare(a.lastUsed, b.lastUsed) || compare(a.firstDetected, b.firstDetected)
}

/** Subtraction would make NaN of two zero times. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function skipReason(
  image: ImageRecord,
  { at, minimumAge, isInUse }: FreeingOptions,
  { honoursPinned }: ImageGcRules,
): SkipReason | undefined {
  if (isInUse(image.id)) return 'in-use'
  if (honoursPinned && image.pinned) return 'pinned'
  if (image.lastUsed >= at) return 'used-too-recently'
  return at - image.firstDetected < minimumAge ? 'too-young' : undefined
}

function sumOf(images: readonly ImageRecord[]): number {
  return images.reduce((total, { sizeBytes }) => total + (sizeBytes ?? 0), 0)
}
