import type { SparedImage } from '../../kubelet/image-gc/spared.ts'
import type { Message } from '../../messages/message.ts'
import type { Instant } from '../../units/instant.ts'

/** What a kubelet does in a simulation. */
export const ACTION_KINDS = [
  'image-gc',
  'image-gc-failed',
  'reclaim-images',
  'reclaim-containers',
  'container-gc',
  'evict-pod',
  'reject-pod',
  'pressure',
  'pressure-cleared',
] as const
export type ActionKind = (typeof ACTION_KINDS)[number]

/** An image, a pod or a container that an action takes. */
export type Victim =
  | { kind: 'image'; id: string; name?: string; sizeBytes?: number }
  | { kind: 'pod'; namespace: string; name: string; uid: string }
  | { kind: 'container'; id: string; name: string; pod: string }

/** A number of which least and most are known; both the same when it is certain. */
export interface Range {
  min: number
  max: number
}

/** One thing the kubelet does, and why. */
export interface SimulatedAction {
  at: Instant
  kind: ActionKind
  /** Taken whatever the undefined orders are. */
  victims: readonly Victim[]
  /** Of these some are taken, which is undefined (semantics §1.6, §3.7). */
  victimSet: readonly Victim[]
  /** How many of the set are taken. */
  taken?: Range
  /** Bytes wanted; absent where the kubelet wants all it can get, or no bytes. */
  wantedBytes?: number
  /** Bytes freed by the kubelet's own accounting; absent where it keeps none. */
  freedBytes?: Range
  why: Message
  /** Images that were looked at and left, each with the reason; only where images were. */
  spared?: readonly SparedImage[]
}
