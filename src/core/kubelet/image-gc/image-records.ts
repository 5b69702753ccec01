import type { Instant } from '../../units/instant.ts'
import type { ImageGcRules } from './image-gc-rules.ts'

/** The zero time of Go: before every instant. */
export const ZERO_TIME: Instant = Number.NEGATIVE_INFINITY

/** An image as the runtime lists it to the kubelet. */
export interface ListedImage {
  id: string
  /** The size the runtime reports, in bytes; undefined where it is not known. */
  sizeBytes?: number | undefined
  pinned?: boolean | undefined
}

/** What the kubelet remembers of an image, in memory only (semantics §1.2, all versions). */
export interface ImageRecord extends ListedImage {
  firstDetected: Instant
  /** When a pass last found it in use; the zero time when none ever did. */
  lastUsed: Instant
}

/** What the image manager knows; a restart of the kubelet loses it. */
export interface ImageManagerState {
  records: ReadonlyMap<string, ImageRecord>
  /** Whether a periodic detection has succeeded since the kubelet started. */
  isInitialised: boolean
}

/** The state of a kubelet that has just started. */
export const NO_IMAGES_KNOWN: ImageManagerState = { records: new Map(), isInitialised: false }

/**
 * One look at the runtime's images (semantics §1.2): new ones get a record, those in use are stamped,
 * those no longer listed are forgotten. `kind` is `periodic` for the detection loop; a look that a
 * collection takes does not count as the first detection. A start before 1.29 gives the images of the
 * first periodic detection the zero time, so that no minimum age protects them.
 */
export function detectImages(
  { records, isInitialised }: ImageManagerState,
  listed: readonly ListedImage[],
  isInUse: (id: string) => boolean,
  at: Instant,
  kind: 'periodic' | 'for-collection',
  rules: ImageGcRules,
): ImageManagerState {
  const isFirst = kind === 'periodic' && !isInitialised && rules.firstDetectionIsZero
  const next = new Map<string, ImageRecord>()
  for (const image of listed) {
    const { id, sizeBytes, pinned } = image
    const known = records.get(id)
    const isUsed = isInUse(id)
    if (known && !isUsed && known.sizeBytes === sizeBytes && known.pinned === pinned) {
      next.set(id, known)
      continue
    }
    next.set(id, {
      id,
      sizeBytes,
      pinned,
      firstDetected: known?.firstDetected ?? (isFirst ? ZERO_TIME : at),
      lastUsed: isUsed ? at : (known?.lastUsed ?? ZERO_TIME),
    })
  }
  return { records: next, isInitialised: isInitialised || kind === 'periodic' }
}
