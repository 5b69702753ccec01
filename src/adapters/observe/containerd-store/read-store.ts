import type { BytePath } from '../../../core/observe/host/byte-path.ts'
import type {
  RuntimeStore,
  StoredThing,
  StoreHolder,
} from '../../../core/observe/attribution/runtime-store.ts'
import type { BoltBucket } from './bolt-file.ts'
import { DamagedBolt } from './bolt-page.ts'

/** A snapshot as its snapshotter keeps it. */
export interface KeptSnapshot {
  /** The name of its directory. */
  id: number
  bytes: number
}

/** What is kept on the disk, beside what containerd's own metadata says. */
export interface KeptParts {
  /** Blocks of the files of content, by their paths within containerd's root directory. */
  contentBytes: ReadonlyMap<BytePath, number>
  /** Snapshots by name, for each snapshotter. */
  snapshots: ReadonlyMap<string, ReadonlyMap<string, KeptSnapshot>>
}

/** Where containerd keeps content, within its root directory. */
export const CONTENT = 'io.containerd.content.v1.content/blobs'
/** Where a snapshotter keeps its snapshots. */
export const snapshotsOf = (snapshotter: string): BytePath =>
  `io.containerd.snapshotter.v1.${snapshotter}/snapshots`

const MOST_THINGS = 200_000
const DIGEST = /^([a-z0-9]+):([0-9a-f]{32,128})$/
const CONTENT_LABEL = /^containerd\.io\/gc\.ref\.content(?:[./].*)?$/s
const SNAPSHOT_LABEL = /^containerd\.io\/gc\.ref\.snapshot\.([^/]+)(?:\/.*)?$/s

/** Reads the snapshots that a snapshotter keeps (containerd's `metadata.db`), by name. @throws {DamagedBolt} */
export async function readSnapshots(root: BoltBucket): Promise<Map<string, KeptSnapshot>> {
  const found = new Map<string, KeptSnapshot>()
  const all = await (await root.bucket('v1'))?.bucket('snapshots')
  for await (const [name, snapshot] of buckets(all)) {
    const { values } = await contents(snapshot)
    const [id, size] = [values.get('id'), values.get('size')]
    // A committed snapshot says how large it is; kind and size are numbers as Go's encoding/binary writes them.
    if (id && found.size < MOST_THINGS) found.set(name, { id: unsigned(id), bytes: size ? signed(size) : 0 })
  }
  return found
}

/** Reads what containerd's metadata (`meta.db`) says is kept, and what for: what its own garbage collection follows. @throws {DamagedBolt} */
export async function readStore(root: BoltBucket, kept: KeptParts): Promise<RuntimeStore> {
  const things = new Map<string, StoredThing>()
  const holders: StoreHolder[] = []
  for await (const [namespace, space] of buckets(await root.bucket('v1'))) {
    const reading: Reading = { namespace, kept, things, holders }
    for await (const [object, bucket] of buckets(space)) {
      if (isKnownObject(object)) await OBJECTS[object](reading, bucket)
    }
    if (things.size + holders.length > MOST_THINGS) throw new DamagedBolt('it has too much')
  }
  const lastSnapshots = new Map(
    [...kept.snapshots].map(([snapshotter, all]) => [
      snapshotsOf(snapshotter),
      [...all.values()].reduce((last, { id }) => Math.max(last, id), 0),
    ]),
  )
  const known = new Set([...things.values()].map(({ place }) => place))
  const strayContent = new Map([...kept.contentBytes].filter(([place]) => !known.has(place)))
  return { things, holders, strayContent, lastSnapshots }
}

interface Reading {
  namespace: string
  kept: KeptParts
  things: Map<string, StoredThing>
  holders: StoreHolder[]
}

const contentKey = (namespace: string, digest: string) => JSON.stringify(['content', namespace, digest])
const snapshotKey = (namespace: string, snapshotter: string, key: string) =>
  JSON.stringify(['snapshot', namespace, snapshotter, key])

/** By the bucket of a namespace that they are kept in. */
const OBJECTS = {
  async images({ namespace, holders }: Reading, images: BoltBucket) {
    for await (const [name, image] of buckets(images)) {
      const { labels, inner } = await contents(image)
      const digest = (await contents(inner.get('target'))).values.get('digest')
      const target = digest ? [contentKey(namespace, text(digest))] : []
      holders.push({ kind: 'image', namespace, name, needs: [...target, ...needed(namespace, labels)] })
    }
  },

  async containers({ namespace, holders }: Reading, containers: BoltBucket) {
    for await (const [name, container] of buckets(containers)) {
      const { values, labels } = await contents(container)
      const of = (key: string) => text(values.get(key) ?? Buffer.of())
      const own = snapshotKey(namespace, of('snapshotter'), of('snapshotKey'))
      const needs = [own, ...needed(namespace, labels)]
      holders.push({ kind: 'container', namespace, name, image: of('image'), needs })
    }
  },

  async leases({ namespace, holders }: Reading, leases: BoltBucket) {
    for await (const [name, lease] of buckets(leases)) {
      const { inner, labels } = await contents(lease)
      const content = [...(await contents(inner.get('content'))).values.keys()]
      const needs = content.map((digest) => contentKey(namespace, digest))
      for await (const [snapshotter, all] of buckets(inner.get('snapshots')))
        for (const key of (await contents(all)).values.keys())
          needs.push(snapshotKey(namespace, snapshotter, key))
      holders.push({ kind: 'lease', namespace, name, needs: [...needs, ...needed(namespace, labels)] })
    }
  },

  async content(reading: Reading, content: BoltBucket) {
    const { namespace, kept, things } = reading
    for await (const [digest, blob] of buckets(await content.bucket('blob'))) {
      const [, algorithm, hex] = DIGEST.exec(digest) ?? []
      if (algorithm === undefined || hex === undefined) continue
      const { labels } = await contents(blob)
      const place = `${CONTENT}/${algorithm}/${hex}`
      const key = contentKey(namespace, digest)
      things.set(key, { place, bytes: kept.contentBytes.get(place) ?? 0, needs: needed(namespace, labels) })
      heldByLabel(reading, key, labels)
    }
  },

  async snapshots(reading: Reading, snapshots: BoltBucket) {
    const { namespace, kept, things } = reading
    for await (const [snapshotter, all] of buckets(snapshots)) {
      const known = kept.snapshots.get(snapshotter)
      for await (const [name, snapshot] of buckets(all)) {
        const { values, labels } = await contents(snapshot)
        const of = (key: string) => text(values.get(key) ?? Buffer.of())
        const own = known?.get(of('name'))
        if (!own) continue
        const key = snapshotKey(namespace, snapshotter, name)
        const parent = values.has('parent') ? [snapshotKey(namespace, snapshotter, of('parent'))] : []
        things.set(key, {
          place: `${snapshotsOf(snapshotter)}/${own.id}`,
          bytes: own.bytes,
          needs: [...parent, ...needed(namespace, labels)],
        })
        heldByLabel(reading, key, labels)
      }
    }
  },
} satisfies Record<string, (reading: Reading, bucket: BoltBucket) => Promise<void>>

const isKnownObject = (name: string): name is keyof typeof OBJECTS => Object.hasOwn(OBJECTS, name)

function heldByLabel({ namespace, holders }: Reading, key: string, labels: ReadonlyMap<string, Buffer>) {
  if (!labels.has('containerd.io/gc.root')) return
  holders.push({ kind: 'label', namespace, name: key, needs: [key] })
}

/** What labels say is needed. */
function needed(namespace: string, labels: ReadonlyMap<string, Buffer>): string[] {
  return [...labels].flatMap(([label, value]) => {
    const [, snapshotter] = SNAPSHOT_LABEL.exec(label) ?? []
    if (snapshotter !== undefined) return snapshotKey(namespace, snapshotter, text(value))
    return CONTENT_LABEL.test(label) ? contentKey(namespace, text(value)) : []
  })
}

/** The values and the buckets of a small bucket, and its labels. */
async function contents(bucket: BoltBucket | undefined) {
  const values = new Map<string, Buffer>()
  const inner = new Map<string, BoltBucket>()
  for await (const [key, value] of bucket?.entries() ?? [])
    if (Buffer.isBuffer(value)) values.set(key, value)
    else inner.set(key, value)
  const labels = new Map<string, Buffer>()
  for await (const [key, value] of inner.get('labels')?.entries() ?? [])
    if (Buffer.isBuffer(value)) labels.set(key, value)
  return { values, inner, labels }
}

async function* buckets(bucket: BoltBucket | undefined) {
  for await (const [key, value] of bucket?.entries() ?? [])
    if (!Buffer.isBuffer(value)) yield [key, value] as const
}

const text = (bytes: Buffer) => bytes.toString('latin1')

/** A number as Go's `binary.PutUvarint` writes it; one beyond what can be counted is damage. */
function unsigned(bytes: Buffer): number {
  let value = 0
  for (const [index, byte] of bytes.entries()) {
    value += (byte & 0x7f) * 2 ** (7 * index)
    if (byte < 0x80) break
  }
  if (!Number.isSafeInteger(value)) throw new DamagedBolt('a number is too large')
  return value
}

/** The same by `binary.PutVarint`; what is negative counts as nothing. */
function signed(bytes: Buffer): number {
  const value = unsigned(bytes)
  return value % 2 === 0 ? value / 2 : 0
}
