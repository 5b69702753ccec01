/** Why a part of an observation could not be had. */
export const GAP_REASONS = [
  /** The user's rights do not allow it. */
  'forbidden',
  /** The server does not serve it: an older version, or a resource that is not installed. */
  'not-served',
  /** It is not where it was looked for: a file, a program. */
  'not-there',
  /** Nothing answered: refused, reset, no route, no such host. */
  'unreachable',
  /** No answer within the time it is given. */
  'timed-out',
  /** An answer that cannot be understood. */
  'garbled',
  /** More than a patrol takes in. */
  'too-large',
  /** The server refused for now: too many requests, or a failure of its own. */
  'refused',
] as const
export type GapReason = (typeof GAP_REASONS)[number]

/** A part of an observation that is missing, and why: never a zero, never silent. */
export interface Gap {
  /** What is missing: `pods`, `persistentvolumes`, `stats/summary`, `configz`, … */
  part: string
  /** The node it is missing of; absent for a part of the cluster. */
  node?: string
  why: GapReason
  /** What the server or the network said, bounded; as it came, so not yet fit for a terminal or a page. */
  detail: string
}
