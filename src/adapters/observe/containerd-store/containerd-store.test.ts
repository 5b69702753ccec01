import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freedByImages } from '../../../core/observe/attribution/image-places.ts'
import { storeOwners } from '../../../core/observe/attribution/store-owners.ts'
import { containerdStore } from './containerd-store.ts'
import { writtenBolt, type Written } from './written-bolt.contract.ts'

const hex = (digit: string) => digit.repeat(64)
const [MANIFEST, CONFIG, LAYER, OLD] = [hex('a'), hex('b'), hex('c'), hex('d')] as [
  string,
  string,
  string,
  string,
]
const BLOBS = 'io.containerd.content.v1.content/blobs/sha256'
const OVERLAYFS = 'io.containerd.snapshotter.v1.overlayfs'

/** As containerd 1.6 writes an image with one layer, a container of it, and content that nothing needs. */
const META: Written = {
  v1: {
    version: Buffer.of(6),
    'k8s.io': {
      images: {
        'lab.local/app:1': { target: { digest: `sha256:${MANIFEST}`, size: Buffer.of(4) } },
        [`sha256:${CONFIG}`]: { target: { digest: `sha256:${MANIFEST}` } },
      },
      containers: { c1: { image: 'lab.local/app:1', snapshotter: 'overlayfs', snapshotKey: 'c1' } },
      content: {
        blob: {
          [`sha256:${MANIFEST}`]: {
            labels: {
              'containerd.io/gc.ref.content.config': `sha256:${CONFIG}`,
              'containerd.io/gc.ref.content.l.0': `sha256:${LAYER}`,
            },
          },
          [`sha256:${CONFIG}`]: { labels: { 'containerd.io/gc.ref.snapshot.overlayfs': 'sha256:chain' } },
          [`sha256:${LAYER}`]: { size: Buffer.of(4) },
          [`sha256:${OLD}`]: { size: Buffer.of(4) },
          'sha256:../../../../etc/passwd': {},
        },
      },
      snapshots: {
        overlayfs: {
          'sha256:chain': { name: 'k8s.io/1/sha256:chain' },
          c1: { name: 'k8s.io/2/c1', parent: 'sha256:chain' },
        },
      },
      leases: { l: { content: {}, labels: { 'containerd.io/gc.expire': '2026' } } },
    },
  },
}
const SNAPSHOTS: Written = {
  v1: {
    snapshots: {
      'k8s.io/1/sha256:chain': { id: Buffer.of(1), kind: Buffer.of(3), size: Buffer.of(0x80, 0x80, 0x02) },
      'k8s.io/2/c1': { id: Buffer.of(2), kind: Buffer.of(2), parent: 'k8s.io/1/sha256:chain' },
    },
  },
}

let root: string
const at = (...parts: string[]) => path.join(root, ...parts)
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'store-'))
  mkdirSync(at(BLOBS), { recursive: true })
  mkdirSync(at(OVERLAYFS))
  mkdirSync(at('io.containerd.metadata.v1.bolt'))
  for (const name of [MANIFEST, CONFIG, LAYER, OLD, hex('e')]) writeFileSync(at(BLOBS, name), 'four')
  writeFileSync(at(OVERLAYFS, 'metadata.db'), writtenBolt(SNAPSHOTS))
  writeFileSync(at('io.containerd.metadata.v1.bolt/meta.db'), writtenBolt(META))
})
afterEach(() => rmSync(root, { recursive: true }))
const read = () => containerdStore().read(Buffer.from(root))

describe('what a containerd keeps', () => {
  it('is known with its bytes and what needs it', async () => {
    const { value } = await read()
    if (!value) throw new Error('it was not read')
    const block = value.strayContent.get(`${BLOBS}/${hex('e')}`) ?? 0
    expect(block).toBeGreaterThan(0)
    expect(freedByImages(value)({ id: `sha256:${CONFIG}`, names: [] })).toBe(3 * block + 16_384)
    const owners = storeOwners(value, {})
    expect(owners.get(`${BLOBS}/${OLD}`)?.kind).toBe('runtime-leftovers')
    expect(owners.get(`${OVERLAYFS}/snapshots/2`)?.kind).toBe('writable-layers')
    expect([...owners.keys()].filter((place) => place.includes('..'))).toEqual([])
    expect([...value.lastSnapshots]).toEqual([[`${OVERLAYFS}/snapshots`, 2]])
  })

  it('counts the directories beside the contents of a layer, which containerd leaves out of its size', async () => {
    const freed = async () => {
      const { value } = await containerdStore().read(Buffer.from(root))
      return (value && freedByImages(value)({ id: `sha256:${CONFIG}`, names: [] })) ?? 0
    }
    const before = await freed()
    const snapshot = (name: string) => at(OVERLAYFS, 'snapshots/1', name)
    mkdirSync(snapshot('work/work'), { recursive: true })
    expect(await freed()).toBe(before)
    mkdirSync(snapshot('fs'))
    const blocks = ['', 'work', 'work/work'].map((name) => statSync(snapshot(name)).blocks * 512)
    expect(await freed()).toBe(before + blocks.reduce((sum, each) => sum + each, 0))
  })

  it('is read again only when it was written to', async () => {
    const store = containerdStore()
    const first = await store.read(Buffer.from(root))
    expect((await store.read(Buffer.from(root))).value).toBe(first.value)
    const file = writtenBolt({ v1: {} }, { transaction: 9n })
    writeFileSync(at('io.containerd.metadata.v1.bolt/meta.db'), file)
    expect((await store.read(Buffer.from(root))).value?.holders).toEqual([])
  })

  it('is not known of another runtime, and that is no failure', async () => {
    rmSync(at('io.containerd.metadata.v1.bolt'), { recursive: true })
    expect(await read()).toEqual({})
  })

  it.each([
    ['a damaged file', (file: string) => writeFileSync(file, 'x'.repeat(10_000))],
    ['a file that is cut', (file: string) => writeFileSync(file, writtenBolt(META).subarray(0, 9000))],
    ['an empty file', (file: string) => writeFileSync(file, '')],
    ['a directory', (file: string) => mkdirSync(file)],
    ['a link, which may lead anywhere', (file: string) => symlinkSync(at(OVERLAYFS, 'metadata.db'), file)],
  ])('is a gap where its metadata is %s', async (_, make) => {
    const file = at('io.containerd.metadata.v1.bolt/meta.db')
    rmSync(file)
    make(file)
    expect(await read()).toMatchObject({ gap: { part: 'image store', why: 'unreachable' } })
  })
})
