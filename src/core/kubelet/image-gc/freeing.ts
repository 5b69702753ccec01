import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import type { ImageGcRules } from './image-gc-rules.ts'
import type { ImageManagerState, ImageRecord } from './image-records.ts'
import type { SkipReason, SparedImage } from './spared.ts'
import { chooseAmongTied, type TiedChoice } from './tied-choice.ts'

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
  spared: readonly SparedImage[]
}

/** Whether images may be removed in a pass at this instant, longest unused first. */
export interface FreeingOptions {
  at: Instant
  minimumAge: Duration
  /** Bytes wanted; `Infinity` when the eviction manager asks for all that can go (semantics §1.10). */
  wantedBytes: number
}

/**
 * The freeing loop (semantics §1.5, §1.6, §1.8, all versions) over what the last look found: candidates in the order of last use, then
 * of first detection, each removed until as much as wanted is freed. The comparison comes after a
 * removal, so that the first eligible image goes even when nothing is wanted.
 */
export function freeImages(
  { records, lastLook }: ImageManagerState,
  options: FreeingOptions,
  rules: ImageGcRules,
): Freed {
  const eligible: ImageRecord[] = []
  const left: SparedImage[] = []
  for (const image of lastLook.idle) {
    const { id, sizeBytes } = image
    const why = skipReason(image, options, rules)
    if (why === undefined) eligible.push(image)
    else left.push({ id, sizeBytes, why })
  }
  const removed: ImageRecord[] = []
  let freed = 0
  let tied: TiedChoice | undefined
  for (const group of tieGroups(eligible)) {
    if (group.some(({ sizeBytes }) => sizeBytes === undefined) && Number.isFinite(options.wantedBytes)) {
      tied = undecidedFrom(eligible, removed)
      break
    }
    const { certain, open } = chooseAmongTied(group, options.wantedBytes - freed)
    removed.push(...certain)
    freed += sumOf(certain)
    tied = open
    if (open || freed >= options.wantedBytes) break
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
    spared: left.length === 0 ? lastLook.spared : inListedOrder(records, [...lastLook.spared, ...left]),
  }
}

function inListedOrder(
  records: ImageManagerState['records'],
  spared: readonly SparedImage[],
): readonly SparedImage[] {
  const byId = new Map(spared.map((image) => [image.id, image]))
  return records.flatMap(({ id }) => byId.get(id) ?? [])
}

/** From an image on whose size nothing tells, nobody knows where the loop stops; that it removes one more is certain. */
function undecidedFrom(eligible: readonly ImageRecord[], removed: readonly ImageRecord[]): TiedChoice {
  const images = eligible.filter((image) => !removed.includes(image))
  return {
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
  { at, minimumAge }: FreeingOptions,
  { honoursPinned }: ImageGcRules,
): SkipReason | undefined {
  if (honoursPinned && image.pinned) return 'pinned'
  if (image.lastUsed >= at) return 'used-too-recently'
  return at - image.firstDetected < minimumAge ? 'too-young' : undefined
}

function sumOf(images: readonly ImageRecord[]): number {
  return images.reduce((total, { sizeBytes }) => total + (sizeBytes ?? 0), 0)
}
