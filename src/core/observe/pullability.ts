import type { Instant } from '../units/instant.ts'

/** What is known of whether a node could pull an image again, and why. */
export const PULLABLE_REASONS = [
  /** A registry has exactly this manifest. */
  'found',
  /** Every registry that would be asked says that it has not. */
  'missing',
  /** The runtime knows no digest of it, as of an image loaded by hand: a tag may be other bits by now. */
  'no-digest',
  /** The registry wants to know who asks; what the node would answer is not used. */
  'sign-in',
  /** Nothing answered: refused, no route, no such host, a certificate that is not trusted. */
  'unreachable',
  'timed-out',
  /** The registry refused for now: too many requests, or a failure of its own. */
  'refused',
  /** What answered is no registry, or sent something else. */
  'garbled',
] as const
export type PullableReason = (typeof PULLABLE_REASONS)[number]

/** What registries answered. `unknown` counts as irreplaceable. */
export interface RegistryAnswer {
  state: 'yes' | 'no' | 'unknown'
  why: PullableReason
  /** The host that was asked last; absent where none was. */
  host?: string
}

/** The same, and when. */
export interface Pullability extends RegistryAnswer {
  checkedAt: Instant
}

/** Whether an image may be counted on to come back: only what a registry was seen to have. */
export function isPullable(image: { pullable?: Pullability }): boolean {
  return image.pullable?.state === 'yes'
}
