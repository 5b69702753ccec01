import type { Instant } from '../../units/instant.ts'
import type { ImageGcRules } from './image-gc-rules.ts'
import type { SparedImage } from './spared.ts'

/** The zero time of Go: before every instant. */
export const ZERO_TIME: Instant = Number.NEGATIVE_INFINITY

/** An image as the runtime lists it to the kubelet. */
export interface ListedImage {
  id: string
  /** The size the runtime reports, in bytes; undefined where it is not known. */
  sizeBytes?: number | undefined
  pinned?: boolean | undefined
}

/** What the runtime says: the images it has, each id once, and the ids of those in use (semantics §1.3). */
export interface ImageListing {
  listed: readonly ListedImage[]
  inUse: ReadonlySet<string>
}

/** What the kubelet remembers of an image, in memory only (semantics §1.2, all versions). */
export interface ImageRecord extends ListedImage {
  firstDetected: Instant
  /** When a pass last found it in use, the zero time when none ever did; while it is in use, when one first did. */
  lastUsed: Instant
  /** Whether the last pass found it in use. */
  isInUse: boolean
}

/** What the image manager knows; a restart of the kubelet loses it. */
export interface ImageManagerState {
  /** In the order of the listing. */
  records: readonly ImageRecord[]
  /** None of them was first detected later. */
  newestAt: Instant
  /** Whether a periodic detection has succeeded since the kubelet started. */
  isInitialised: boolean
  lastLook: ImageLook
}

/** The last look at the runtime's images. Those in use were last used at its instant. */
interface ImageLook {
  at: Instant
  /** Without the images that were removed since. Undefined before the first look. */
  listing: ImageListing | undefined
  idle: readonly ImageRecord[]
  /** Those in use, as every pass until the next look spares them. */
  spared: readonly SparedImage[]
}

/** The state of a kubelet that has just started. */
export const NO_IMAGES_KNOWN: ImageManagerState = {
  records: [],
  newestAt: ZERO_TIME,
  isInitialised: false,
  lastLook: { at: ZERO_TIME, listing: undefined, idle: [], spared: [] },
}

/**
 * One look at the runtime's images (semantics §1.2): new ones get a record, those in use are stamped,
 * those no longer listed are forgotten. `kind` is `periodic` for the detection loop; a look that a
 * collection takes does not count as the first detection. A start before 1.29 gives the images of the
 * first periodic detection the zero time, so that no minimum age protects them.
 */
export function detectImages(
  state: ImageManagerState,
  listing: ImageListing,
  at: Instant,
  kind: 'periodic' | 'for-collection',
  rules: ImageGcRules,
): ImageManagerState {
  const { records, lastLook } = state
  const { listed, inUse } = listing
  const isInitialised = state.isInitialised || kind === 'periodic'
  const letGo =
    lastLook.listing && isSameList(listed, lastLook.listing.listed)
      ? letGoSince(lastLook.listing.inUse, inUse)
      : undefined
  if (letGo) {
    const seen: ImageManagerState = { ...state, isInitialised, lastLook: { ...lastLook, at, listing } }
    return letGo.reduce((before, id) => withIdleImage(before, id, lastLook.at), seen)
  }
  const isFirst = kind === 'periodic' && !state.isInitialised && rules.firstDetectionIsZero
  const firstDetected = isFirst ? ZERO_TIME : at
  let { newestAt } = state
  const knownOf = finderOf(records)
  const next = listed.map((image): ImageRecord => {
    const known = knownOf(image.id)
    const isInUse = inUse.has(image.id)
    if (known) return seenAgain(image, known, isInUse, { at, lastAt: lastLook.at })
    const { id, sizeBytes, pinned } = image
    newestAt = Math.max(newestAt, firstDetected)
    return { id, sizeBytes, pinned, firstDetected, lastUsed: isInUse ? at : ZERO_TIME, isInUse }
  })
  return { records: next, newestAt, isInitialised, lastLook: { at, listing, ...partOf(next) } }
}

/** Whether two lists are of the same images, one by one. */
function isSameList(some: readonly ListedImage[], others: readonly ListedImage[]): boolean {
  if (some === others) return true
  return some.length === others.length && some.every((image, index) => image === others[index])
}

/** What is not in use any more; undefined when something else is. */
function letGoSince(before: ReadonlySet<string>, now: ReadonlySet<string>): string[] | undefined {
  if (before === now) return []
  const letGo: string[] = []
  for (const id of before) if (!now.has(id)) letGo.push(id)
  return before.size - letGo.length === now.size ? letGo : undefined
}

/** What is known once an image is not in use any more that was so by the last look. */
function withIdleImage(state: ImageManagerState, id: string, lastUsed: Instant): ImageManagerState {
  const { records, lastLook } = state
  const index = records.findIndex((record) => record.id === id)
  const known = records[index]
  if (!known?.isInUse) return state
  const record = { ...known, lastUsed, isInUse: false }
  const { idle, spared } = lastLook
  const behind = idle.findIndex((other) => records.indexOf(other) > index)
  const sparedIndex = spared.findIndex((image) => image.id === id)
  return {
    ...state,
    records: records.with(index, record),
    lastLook: {
      ...lastLook,
      idle: idle.toSpliced(behind === -1 ? idle.length : behind, 0, record),
      spared: spared.toSpliced(sparedIndex, 1),
    },
  }
}

/** The record of an image that is listed again: the known one where nothing has changed. */
function seenAgain(
  { id, sizeBytes, pinned }: ListedImage,
  known: ImageRecord,
  isInUse: boolean,
  { at, lastAt }: { at: Instant; lastAt: Instant },
): ImageRecord {
  const { firstDetected } = known
  if (known.isInUse !== isInUse) {
    return { id, sizeBytes, pinned, firstDetected, lastUsed: isInUse ? at : lastAt, isInUse }
  }
  if (known.sizeBytes === sizeBytes && known.pinned === pinned) return known
  return { ...known, sizeBytes, pinned }
}

/** Finds records by id, fast while they are asked for in their own order. */
function finderOf(records: readonly ImageRecord[]): (id: string) => ImageRecord | undefined {
  let next = 0
  let byId: ReadonlyMap<string, ImageRecord> | undefined
  return (id) => {
    if (records[next]?.id === id) return records[next++]
    byId ??= new Map(records.map((record) => [record.id, record]))
    return byId.get(id)
  }
}

function partOf(records: readonly ImageRecord[]): Pick<ImageLook, 'idle' | 'spared'> {
  const idle: ImageRecord[] = []
  const spared: SparedImage[] = []
  for (const record of records) {
    if (record.isInUse) spared.push({ id: record.id, sizeBytes: record.sizeBytes, why: 'in-use' })
    else idle.push(record)
  }
  return { idle, spared }
}

/** What is known once these images are gone. */
export function withoutImages(state: ImageManagerState, removed: readonly ImageRecord[]): ImageManagerState {
  if (removed.length === 0) return state
  const { lastLook, records } = state
  const gone = new Set(removed)
  const left = (some: readonly ImageRecord[]) => some.filter((record) => !gone.has(record))
  return {
    ...state,
    records: left(records),
    lastLook: {
      ...lastLook,
      listing: lastLook.listing && withoutListed(lastLook.listing, removed),
      idle: left(lastLook.idle),
    },
  }
}

function withoutListed(listing: ImageListing, removed: readonly ImageRecord[]): ImageListing {
  const ids = new Set(removed.map(({ id }) => id))
  return { ...listing, listed: listing.listed.filter(({ id }) => !ids.has(id)) }
}
