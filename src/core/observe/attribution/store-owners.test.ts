import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freedByImages } from './image-places.ts'
import { placesHeld, type RuntimeStore, type StoredThing, type StoreHolder } from './runtime-store.ts'
import { storeOwners } from './store-owners.ts'

const SNAPSHOTS = 'io.containerd.snapshotter.v1.overlayfs/snapshots'
const blob = (name: string, bytes: number, ...needs: string[]): [string, StoredThing] => [
  name,
  { place: `blobs/${name}`, bytes, needs },
]
const snapshot = (id: number, bytes: number, ...needs: string[]): [string, StoredThing] => [
  `s${id}`,
  { place: `${SNAPSHOTS}/${id}`, bytes, needs },
]
const holder = (kind: StoreHolder['kind'], name: string, needs: string[], image?: string): StoreHolder => ({
  kind,
  namespace: 'k8s.io',
  name,
  needs,
  ...(image === undefined ? {} : { image }),
})
const store = (things: [string, StoredThing][], ...holders: StoreHolder[]): RuntimeStore => ({
  things: new Map(things),
  holders,
  strayContent: new Map([['blobs/stray', 5]]),
  lastSnapshots: new Map([[SNAPSHOTS, 9]]),
})

/** Two images with one layer in common, one that a lease keeps, a container of an image that is gone, and what nobody needs. */
const NODE = store(
  [
    blob('ma', 1, 'la', 'base'),
    blob('mb', 2, 'lb', 'base', 's3'),
    blob('la', 10, 's2'),
    blob('lb', 20),
    blob('base', 40),
    blob('old', 80),
    blob('kept', 160),
    snapshot(1, 1000),
    snapshot(2, 2000, 's1'),
    snapshot(3, 4000, 's1'),
    snapshot(4, 0, 's5'),
    snapshot(5, 8000),
    snapshot(6, 16_000),
  ],
  holder('image', 'a:1', ['ma']),
  holder('image', 'sha256:a', ['ma']),
  holder('image', 'b@sha256:00', ['mb']),
  holder('container', 'c4', ['s4'], 'gone:1'),
  holder('lease', 'l', ['kept']),
)

describe('what the removal of an image frees', () => {
  const freed = freedByImages(NODE)
  it.each([
    ['is what no other image and no lease needs', { names: ['a:1'] }, 1 + 10 + 2000],
    ['is found by id', { id: 'sha256:a', names: [] }, 1 + 10 + 2000],
    ['counts unpacked layers and content', { names: ['b@sha256:00'] }, 2 + 20 + 4000],
    [
      'is all of it, where one image is listed with the names of both',
      { names: ['a:1', 'b@sha256:00'] },
      1 + 10 + 2000 + 2 + 20 + 4000 + 40 + 1000,
    ],
    ['is not known of another', { names: ['c:1'] }, undefined],
  ])('%s', (_, image, bytes) => {
    expect(freed(image)).toBe(bytes)
  })

  it('is not taken from an image that another program calls the same', () => {
    const [first, ...others] = NODE.holders
    const elsewhere = { ...NODE, holders: [{ ...(first as StoreHolder), namespace: 'moby' }, ...others] }
    expect(freedByImages(elsewhere)({ names: ['a:1'] })).toBeUndefined()
  })
})

describe('whose what a runtime keeps is', () => {
  const owners = storeOwners(NODE, {
    containers: [
      { id: 'c4', name: 'app', attempt: 0, sandboxId: 's', state: 'exited', createdAt: 0, image: 'gone:1' },
    ],
    sandboxes: [
      { id: 's', namespace: 'shop', name: 'web-0', uid: 'u', attempt: 0, isReady: true, createdAt: 0 },
    ],
  })
  it.each([
    ['blobs/la', { kind: 'image-content', name: 'a:1' }],
    ['blobs/base', { kind: 'image-content', name: 'a:1 + b@sha256:00' }],
    [`${SNAPSHOTS}/1`, { kind: 'image-layers', name: 'a:1 + b@sha256:00' }],
    [`${SNAPSHOTS}/3`, { kind: 'image-layers', name: 'b@sha256:00' }],
    [`${SNAPSHOTS}/4`, { kind: 'writable-layers', name: 'app', pod: 'shop/web-0' }],
    [`${SNAPSHOTS}/5`, { kind: 'image-layers', name: 'gone:1' }],
    [`${SNAPSHOTS}/6`, { kind: 'runtime-leftovers' }],
    ['blobs/old', { kind: 'runtime-leftovers' }],
    ['blobs/kept', { kind: 'image-content' }],
    ['blobs/stray', { kind: 'runtime-leftovers' }],
  ])('%s', (place, owner) => {
    expect(owners.get(place)).toEqual(owner)
  })

  it('names three of those that share something, and counts the others', () => {
    const shared = store(
      [blob('x', 1)],
      ...['e', 'a', 'c', 'b', 'd'].map((name) => ({ ...holder('image', name, ['x']), namespace: name })),
    )
    expect(storeOwners(shared, {}).get('blobs/x')?.name).toBe('a + b + c + 2')
  })
})

it('frees with one image after the other all that only images need, and nothing twice', () => {
  const keys = ['0', '1', '2', '3', '4', '5', '6', '7']
  const key = fc.constantFrom(...keys)
  const anyStore = fc.record({
    needs: fc.array(fc.array(key, { maxLength: 3 }), { minLength: keys.length, maxLength: keys.length }),
    images: fc.uniqueArray(fc.uniqueArray(key, { minLength: 1, maxLength: 3 }), {
      maxLength: 5,
      selector: (needs) => needs.toSorted().join(),
    }),
    lease: fc.array(key, { maxLength: 2 }),
  })
  fc.assert(
    fc.property(anyStore, ({ needs, images, lease }) => {
      const things = keys.map((name, index) => blob(name, 2 ** index, ...(needs[index] ?? [])))
      const leases = holder('lease', 'l', lease)
      const all = images.map((of, index) => holder('image', `i${index}`, of))
      const total = all.reduce((sum, { name }, index) => {
        const left = store(things, leases, ...all.slice(index))
        return sum + (freedByImages(left)({ names: [name] }) ?? 0)
      }, 0)
      const whole = store(things, leases, ...all)
      const held = new Set(all.flatMap((image) => [...placesHeld(whole, image.needs)]))
      const kept = placesHeld(whole, lease)
      const bytes = keys.map((name, index) =>
        held.has(`blobs/${name}`) && !kept.has(`blobs/${name}`) ? 2 ** index : 0,
      )
      expect(total).toBe(bytes.reduce((sum: number, each) => sum + each, 0))
    }),
  )
})
