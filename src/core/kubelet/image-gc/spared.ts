/** Why an image is left alone in a pass. */
export type SkipReason = 'in-use' | 'pinned' | 'used-too-recently' | 'too-young'

/** An image that was looked at and left, and why. */
export interface SparedImage {
  id: string
  sizeBytes?: number | undefined
  why: SkipReason
}
