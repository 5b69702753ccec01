import type { DiskShortage } from '../detect/disk-shortage.ts'
import type { FoldedFact } from '../explain/facts/fact.ts'
import type { FilesystemReading, ObservedImage, Part } from '../observe/observation.ts'
import type { Instant } from '../units/instant.ts'

/** What is kept of a node across a restart: enough to go on with its incidents and its trend, no readings by the second. */
export interface KeptNode {
  name: string
  observedAt: Instant
  settledAt: Instant | null
  shortage: DiskShortage | null
  imageNames: Readonly<Record<string, readonly string[]>>
  /** The images it listed last; null when none were. */
  images: Part<readonly ObservedImage[]> | null
  facts: readonly FoldedFact[]
  /** At most one a few minutes, oldest first. */
  history: readonly FilesystemReading[]
}

/** What is new about a node since it was kept last; a part that is absent is as it was. */
export interface KeptNodeChange {
  name: string
  /** What is kept as a whole. */
  state?: Omit<KeptNode, 'name' | 'images' | 'facts' | 'history'>
  images?: Part<readonly ObservedImage[]>
  /** By the key that `factKey` gives. */
  facts?: { saved: readonly FoldedFact[]; forgotten: readonly string[] }
  history?: {
    added: readonly FilesystemReading[]
    /** What is kept from here on is replaced: the clock went back, or the disk is another one. */
    replacesFrom?: Instant
  }
}

/** What is one fact on its node, however often it is stated. */
export function factKey({ id, subject }: Pick<FoldedFact, 'id' | 'subject'>): string {
  return `${id}\n${subject}`
}
