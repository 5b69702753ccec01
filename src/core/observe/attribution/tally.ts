import type { BytePath } from '../host/byte-path.ts'
import type { FilesystemReading } from '../observation.ts'
import type { Owner } from './consumer-of.ts'
import {
  CONSUMER_KINDS,
  type ConsumerKind,
  type DiskAttribution,
  type DiskConsumer,
} from './disk-attribution.ts'

/** Consumers of a kind that are named; the smaller ones are put together. */
const MOST_NAMED = 20
/** Consumers that are told apart while a filesystem is walked; later ones have no name. */
const MOST_TOLD_APART = 20_000

/** Adds up whose bytes are found. */
export class Tally {
  readonly #bytes = new Map<string, { owner: Owner; bytes: number }>()

  add(owner: Owner, bytes: number): void {
    const key = keyOf(owner)
    const known = this.#bytes.get(key)
    if (known) known.bytes += bytes
    else if (this.#bytes.size < MOST_TOLD_APART || isNameless(owner)) this.#bytes.set(key, { owner, bytes })
    else this.add({ kind: owner.kind }, bytes)
  }

  /** Moves bytes from one owner to another, and no more than the one has: what was counted apart may have changed. */
  move(from: Owner, to: Owner, bytes: number): void {
    const moved = Math.min(bytes, this.#bytes.get(keyOf(from))?.bytes ?? 0)
    this.add(from, -moved)
    this.add(to, moved)
  }

  /** Where the bytes are of a filesystem that stands so: adds up to the bytes in use, whatever was found. */
  attribution(
    mountPoint: string,
    { capacityBytes, availableBytes, usedBytes }: FilesystemReading,
  ): DiskAttribution {
    const all = [...this.#bytes.values()]
    const consumers = CONSUMER_KINDS.map((kind) =>
      ofKind(
        kind,
        all.filter(({ owner }) => owner.kind === kind),
      ),
    ).filter(({ bytes }) => bytes !== 0)
    const found = sum(consumers)
    return {
      mountPoint,
      capacityBytes,
      usedBytes,
      reservedBytes: capacityBytes - usedBytes - availableBytes,
      availableBytes,
      consumers: [...consumers.toSorted(larger), { kind: 'remainder', bytes: usedBytes - found }],
    }
  }
}

/** A directory with all that lies below it; each comes after those below it. */
export interface WalkedDirectory {
  path: BytePath
  /** Blocks of it and all that lies below it. */
  bytes: number
}

/** Takes directories as they come from a walk, and gives what lies in each that lies in no deeper one that was told. */
export function ownBytes(): (directory: WalkedDirectory) => number {
  /** Bytes of the directories that were told, and that no directory around them was told of yet, by depth. */
  const below: number[] = []
  return ({ path, bytes }) => {
    const depth = path === '/' ? 0 : path.split('/').length - 1
    const inner = below[depth + 1] ?? 0
    below[depth + 1] = 0
    below[depth] = (below[depth] ?? 0) + bytes
    return bytes - inner
  }
}

function ofKind(kind: ConsumerKind, found: readonly { owner: Owner; bytes: number }[]): DiskConsumer {
  const all = found
    .map(({ owner: { name, pod }, bytes }): DiskConsumer => ({
      kind,
      ...(name === undefined ? {} : { name }),
      ...(pod === undefined ? {} : { pod }),
      bytes,
    }))
    .toSorted(larger)
  const [only] = all
  if (only && all.length === 1) return isNameless(only) ? only : { kind, bytes: only.bytes, consumers: all }
  const rest = all.slice(MOST_NAMED)
  const others: DiskConsumer[] =
    rest.length === 0 ? [] : [{ kind: 'others', bytes: sum(rest), count: rest.length }]
  return { kind, bytes: sum(all), consumers: [...all.slice(0, MOST_NAMED), ...others] }
}

function keyOf({ kind, pod, name }: Owner): string {
  return JSON.stringify([kind, pod, name])
}

function isNameless({ name, pod }: Pick<Owner, 'name' | 'pod'>): boolean {
  return name === undefined && pod === undefined
}

function larger(a: DiskConsumer, b: DiskConsumer): number {
  return b.bytes - a.bytes
}

function sum(consumers: readonly DiskConsumer[]): number {
  return consumers.reduce((total, { bytes }) => total + bytes, 0)
}
