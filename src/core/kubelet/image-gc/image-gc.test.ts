import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deleteUnusedImages, imageGcPass, type ImageGcSettings } from './image-gc-pass.ts'
import { freeImages } from './freeing.ts'
import { imageGcRules } from './image-gc-rules.ts'
import {
  detectImages,
  NO_IMAGES_KNOWN,
  ZERO_TIME,
  type ImageListing,
  type ImageManagerState,
  type ImageRecord,
  type ListedImage,
} from './image-records.ts'

const MINUTE = 60_000
const V20 = imageGcRules({ minor: 20, patch: 2 })
const V29 = imageGcRules({ minor: 29, patch: 0 })
const V36 = imageGcRules({ minor: 36, patch: 2 })
const zeroPolicy: ImageGcSettings = {
  highThresholdPercent: 90,
  lowThresholdPercent: 80,
  minimumAge: 0,
  maximumAge: 0,
}
const T0 = 1_000_000
const idle = (...listed: readonly ListedImage[]) => ({ listed, inUse: new Set<string>() })

/** The state after looks at these instants, the listed images in use being named. */
function seen(
  listed: readonly ListedImage[],
  looks: readonly (readonly [number, readonly string[]])[],
  rules = V36,
) {
  return looks.reduce<ImageManagerState>(
    (state, [at, used]) => detectImages(state, { listed, inUse: new Set(used) }, at, 'periodic', rules),
    NO_IMAGES_KNOWN,
  )
}

const image = (id: string, sizeBytes: number, more: Partial<ImageRecord> = {}): ImageRecord => ({
  isInUse: false,
  id,
  sizeBytes,
  firstDetected: 0,
  lastUsed: ZERO_TIME,
  ...more,
})
const ids = (images: readonly { id: string }[]) => images.map(({ id }) => id)
const free = (
  records: readonly ImageRecord[],
  wantedBytes: number,
  { at = T0, minimumAge = 0, rules = V36 } = {},
) => {
  const left = records.filter(({ isInUse }) => !isInUse)
  const lastLook = { at, listing: undefined, idle: left, spared: [] }
  return freeImages(
    { records, newestAt: T0, isInitialised: true, lastLook },
    { at, minimumAge, wantedBytes },
    rules,
  )
}
const recordOf = ({ records }: ImageManagerState, id: string) => records.find((record) => record.id === id)

describe('rules that a naive model gets wrong', () => {
  it('before 1.29 the images of the first detection are as old as time, so no minimum age protects them', () => {
    const listed = [{ id: '0', sizeBytes: 1 }]
    const removedBy = (rules: typeof V20) =>
      free(seen(listed, [[T0, []]], rules).records, 1, { minimumAge: MINUTE, rules }).removed
    expect([removedBy(V20).length, removedBy(V29).length]).toEqual([1, 0])
  })

  it('a look that a collection takes is no first detection', () => {
    const state = detectImages(NO_IMAGES_KNOWN, idle({ id: '0' }), T0, 'for-collection', V20)
    expect(recordOf(state, '0')?.firstDetected).toBe(T0)
    expect(state.isInitialised).toBe(false)
  })

  it('before 1.29 an image that comes after the first detection is as old as the look that finds it', () => {
    const first = seen([], [[T0, []]], V20)
    expect(first.isInitialised).toBe(true)
    const next = detectImages(first, idle({ id: '0' }), T0 + 5, 'periodic', V20)
    expect(recordOf(next, '0')?.firstDetected).toBe(T0 + 5)
    const later = detectImages(next, idle({ id: '0' }), T0 + 9, 'for-collection', V20)
    expect([later.isInitialised, recordOf(later, '0')?.firstDetected]).toEqual([true, T0 + 5])
  })

  it('a record of which nothing has changed stays the one it was, and use stamps it until the look that finds it idle', () => {
    const listed = [{ id: '0', sizeBytes: 1, pinned: false }]
    const used = { listed, inUse: new Set('0') }
    const look = (known: ImageManagerState, listing: ImageListing, at: number) =>
      detectImages(known, listing, at, 'periodic', V36)
    const first = look(NO_IMAGES_KNOWN, used, 1)
    // Whether the runtime says the same by the same values or by equal ones makes no difference.
    for (const again of [used, { listed: [...listed], inUse: new Set('0') }]) {
      const second = look(first, again, 2)
      expect([second.lastLook.at, recordOf(second, '0')]).toEqual([2, recordOf(first, '0')])
      const third = look(second, idle(...listed), 3)
      expect(recordOf(third, '0')).toMatchObject({ firstDetected: 1, lastUsed: 2 })
      expect(recordOf(look(third, idle(...listed), 4), '0')).toBe(recordOf(third, '0'))
    }
  })

  it('an image that comes back is new again', () => {
    const there = seen([{ id: '0' }], [[1, ['0']]])
    const gone = detectImages(there, idle(), 2, 'periodic', V36)
    const back = detectImages(gone, idle({ id: '0' }), 3, 'periodic', V36)
    expect(recordOf(back, '0')).toMatchObject({ firstDetected: 3, lastUsed: ZERO_TIME })
  })

  it('nothing wanted still removes the first one', () => {
    expect(ids(free([image('0', 10, { lastUsed: 1 }), image('1', 10, { lastUsed: 2 })], -5).removed)).toEqual(
      ['0'],
    )
  })

  it('one used at the very instant of the pass is spared, and the walk goes on', () => {
    const freed = free([image('0', 10, { lastUsed: T0 }), image('1', 10, { lastUsed: T0 - 1 })], 10)
    expect(ids(freed.removed)).toEqual(['1'])
    expect(freed.spared[0]?.why).toBe('used-too-recently')
  })

  it('ties are a set, with the bytes they may free', () => {
    const records = [image('a', 40), image('b', 100), image('c', 70)]
    const { removed, tied, freedBytes } = free(records, 90)
    expect([removed, ids(tied?.images ?? []), tied?.count, freedBytes]).toEqual([
      [],
      ['a', 'b', 'c'],
      { min: 1, max: 2 },
      { min: 100, max: 170 },
    ])
  })

  it('an image of unknown size makes no figure: it or another goes, and nobody knows how many', () => {
    const known = image('a', 10, { lastUsed: T0 - 3 })
    const unknown = image('b', 0, { sizeBytes: undefined, lastUsed: T0 - 2 })
    const last = image('c', 30, { lastUsed: T0 - 1 })
    const some = free([known, unknown, last], 20)
    expect(ids(some.removed)).toEqual(['a'])
    expect(ids(some.tied?.images ?? [])).toEqual(['b', 'c'])
    expect(some.freedBytes).toEqual({ min: 10, max: Infinity })
    const all = free([known, unknown, last], Infinity)
    expect(ids(all.removed)).toEqual(['a', 'b', 'c'])
    expect(all.freedBytes.max).toBe(Infinity)
  })

  it('tied images that must all go are certain', () => {
    expect(free([image('a', 40), image('b', 100)], 110).removed).toHaveLength(2)
  })

  it('takes the order from the last use alone: neither size nor name plays a part (semantics §1.6)', () => {
    const records = [image('a', 900, { lastUsed: 3 }), image('b', 10, { lastUsed: 2 }), image('c', 500)]
    expect(ids(free(records, Infinity).removed)).toEqual(['c', 'b', 'a'])
  })

  it('of those never used the one detected first goes first (semantics §1.6)', () => {
    const records = [image('late', 10, { firstDetected: 2 }), image('early', 10, { firstDetected: 1 })]
    expect(ids(free(records, 10).removed)).toEqual(['early'])
  })

  it('after a restart all unused images tie, for the record of their use is lost (semantics §1.2)', () => {
    const listed = [
      { id: 'a', sizeBytes: 10 },
      { id: 'b', sizeBytes: 10 },
    ]
    const known = seen(listed, [
      [1, ['a']],
      [2, ['b']],
    ])
    expect(ids(free(known.records, 10).removed)).toEqual(['a'])
    const { removed, tied } = free(seen(listed, [[3, []]]).records, 10)
    expect([removed, ids(tied?.images ?? [])]).toEqual([[], ['a', 'b']])
  })

  it('takes size and pin anew at every look (semantics §1.2)', () => {
    const before = seen([{ id: '0', sizeBytes: 1 }], [[1, ['0']]])
    const after = detectImages(before, idle({ id: '0', sizeBytes: 2, pinned: true }), 2, 'periodic', V36)
    expect(recordOf(after, '0')).toMatchObject({ sizeBytes: 2, pinned: true, firstDetected: 1, lastUsed: 1 })
  })

  it('from 1.29 on a pass detects before it looks at the disk, up to 1.28 only when it collects (semantics §1.4)', () => {
    const recordedBy = (rules: typeof V20, availableBytes: number) =>
      imageGcPass(
        NO_IMAGES_KNOWN,
        zeroPolicy,
        {
          at: T0,
          listing: { listed: [{ id: '0', sizeBytes: 1 }], inUse: new Set('0') },
          space: { capacityBytes: 1000, availableBytes },
          loopsStartedAt: 0,
        },
        rules,
      ).state.records.some(({ id }) => id === '0')
    expect([recordedBy(V20, 900), recordedBy(V20, 10), recordedBy(V29, 900)]).toEqual([false, true, true])
  })

  it('all that the eviction manager asks for goes whatever the thresholds, but for what is pinned or young (semantics §1.10)', () => {
    const listed = ['old', 'pinned', 'used'].map((id) => ({ id, sizeBytes: 10, pinned: id === 'pinned' }))
    const young = { id: 'young', sizeBytes: 10 }
    const { state, freed } = deleteUnusedImages(
      seen(listed, [[T0 - MINUTE, ['used']]]),
      { ...zeroPolicy, highThresholdPercent: 100, minimumAge: MINUTE },
      { at: T0, listing: { listed: [...listed, young], inUse: new Set(['used']) } },
      V36,
    )
    expect(ids(freed.removed)).toEqual(['old'])
    expect(freed.spared.map(({ id, why }) => [id, why])).toEqual([
      ['pinned', 'pinned'],
      ['used', 'in-use'],
      ['young', 'too-young'],
    ])
    expect(ids(state.records)).toEqual(['pinned', 'used', 'young'])
  })

  it('cannot tell how a pass ends where nobody knows the size of an image', () => {
    const { outcome } = imageGcPass(
      NO_IMAGES_KNOWN,
      zeroPolicy,
      {
        at: T0,
        listing: idle({ id: 'a', sizeBytes: 500 }, { id: 'b' }),
        space: { capacityBytes: 1000, availableBytes: 50 },
        loopsStartedAt: 0,
      },
      V36,
    )
    expect(outcome).toMatchObject({ kind: 'undecided', wantedBytes: 150 })
  })

  it('without figures there is no capacity, and nothing happens', () => {
    const input = { at: T0, listing: idle(), loopsStartedAt: 0 }
    const outcome = (space: { capacityBytes: number; availableBytes: number } | undefined) =>
      imageGcPass(NO_IMAGES_KNOWN, zeroPolicy, { ...input, space }, V20).outcome.kind
    expect([outcome(undefined), outcome({ capacityBytes: 0, availableBytes: 0 })]).toEqual([
      'no-capacity',
      'no-capacity',
    ])
  })
})

describe('properties', () => {
  const record = fc.record({
    id: fc.uuid(),
    sizeBytes: fc.integer({ min: 0, max: 1000 }),
    pinned: fc.boolean(),
    firstDetected: fc.constantFrom(ZERO_TIME, 1, 2),
    lastUsed: fc.constantFrom(ZERO_TIME, 1, 2, T0),
    isInUse: fc.constant(false),
  })
  const records = fc.uniqueArray(record, { selector: ({ id }) => id, maxLength: 10 })

  it('nothing in use or pinned is ever removed, and bytes add up', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: -10, max: 5000 }), (images, wanted) => {
        const known = images.map((one, index) => ({ ...one, isInUse: index % 3 === 0 }))
        const used = ids(known.filter(({ isInUse }) => isInUse))
        const { removed, tied, freedBytes } = free(known, wanted)
        for (const { id, pinned } of [...removed, ...(tied?.images ?? [])]) {
          expect(pinned).toBe(false)
          expect(used).not.toContain(id)
        }
        const certain = removed.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0)
        expect(freedBytes.min).toBeGreaterThanOrEqual(certain)
        expect(freedBytes.max).toBeGreaterThanOrEqual(freedBytes.min)
      }),
    )
  })

  it('whatever order ties come in, what it removes is within what was said', () => {
    fc.assert(
      fc.property(
        records,
        fc.integer({ min: 0, max: 5000 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (images, wanted, order) => {
          const said = free(images, wanted)
          const keyed = images.map((one) => ({ one, key: order.next().value }))
          const eligible = keyed
            .filter(({ one }) => !one.pinned && one.lastUsed < T0)
            .toSorted(
              (a, b) =>
                (a.one.lastUsed === b.one.lastUsed ? 0 : a.one.lastUsed - b.one.lastUsed) ||
                (a.one.firstDetected === b.one.firstDetected
                  ? 0
                  : a.one.firstDetected - b.one.firstDetected) ||
                a.key - b.key,
            )
          let freed = 0
          const gone: string[] = []
          for (const { one } of eligible) {
            gone.push(one.id)
            freed += one.sizeBytes
            if (freed >= wanted) break
          }
          expect(freed).toBeGreaterThanOrEqual(said.freedBytes.min)
          expect(freed).toBeLessThanOrEqual(said.freedBytes.max)
          const possible = new Set(ids([...said.removed, ...(said.tied?.images ?? [])]))
          expect(gone.every((id) => possible.has(id))).toBe(true)
          expect(said.removed.every(({ id }) => gone.includes(id))).toBe(true)
        },
      ),
    )
  })
})
