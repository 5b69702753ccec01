import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deleteUnusedImages, imageGcPass, runsImageGc, type ImageGcSettings } from './image-gc-pass.ts'
import { freeImages } from './freeing.ts'
import { imageGcRules } from './image-gc-rules.ts'
import {
  detectImages,
  NO_IMAGES_KNOWN,
  ZERO_TIME,
  type ImageManagerState,
  type ImageRecord,
  type ListedImage,
} from './image-records.ts'

const MINUTE = 60_000
const GIB = 2 ** 30
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

/** The state after looks at these instants, the listed images in use being named. */
function seen(
  listed: readonly ListedImage[],
  looks: readonly (readonly [number, readonly string[]])[],
  rules = V36,
) {
  return looks.reduce<ImageManagerState>(
    (state, [at, used]) => detectImages(state, listed, (id) => used.includes(id), at, 'periodic', rules),
    NO_IMAGES_KNOWN,
  )
}

const image = (id: string, sizeBytes: number, more: Partial<ImageRecord> = {}): ImageRecord => ({
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
  { at = T0, minimumAge = 0, used = [] as string[], rules = V36 } = {},
) => freeImages(records, { at, minimumAge, wantedBytes, isInUse: (id) => used.includes(id) }, rules)

describe('worked examples of semantics §1.11', () => {
  it('1: what is in use stays, and less than wanted is freed', () => {
    const freed = free([image('0', 1024), image('1', 2048)], 2048, { used: ['1'] })
    expect([ids(freed.removed), freed.freedBytes]).toEqual([['0'], { min: 1024, max: 1024 }])
  })

  it('2: deleting all unused', () => {
    const listed = [
      { id: '0', sizeBytes: 1024 },
      { id: '1', sizeBytes: 2048 },
      { id: '2', sizeBytes: 2048 },
    ]
    const { freed } = deleteUnusedImages(
      seen(listed, [[1, ['2']]]),
      zeroPolicy,
      { at: T0, listed, isInUse: (id) => id === '2' },
      V36,
    )
    expect([ids(freed.removed).toSorted(), freed.freedBytes.min]).toEqual([['0', '1'], 3072])
  })

  it('3: the one used longer ago goes first', () => {
    const freed = free([image('1', 2048, { lastUsed: 2 }), image('0', 1024, { lastUsed: 1 })], 1024)
    expect(ids(freed.removed)).toEqual(['0'])
  })

  it('4: never used goes before used, however late it was detected', () => {
    const records = [image('0', 1024, { lastUsed: 5 }), image('1', 2048, { firstDetected: 9 })]
    expect(ids(free(records, 1024).removed)).toEqual(['1'])
  })

  it.each<
    [
      number,
      number,
      number,
      number | undefined,
      readonly string[],
      'below-threshold' | 'freed' | 'fell-short',
    ]
  >([
    [5, 600, 450, undefined, [], 'below-threshold'],
    [6, 50, 450, 150, ['0'], 'freed'],
    [7, 50, 50, 150, ['0'], 'fell-short'],
  ])('%d: 90/80, capacity 1000, available %d', (_, availableBytes, sizeBytes, wanted, removed, kind) => {
    const { outcome } = imageGcPass(
      NO_IMAGES_KNOWN,
      zeroPolicy,
      {
        at: T0,
        listed: [{ id: '0', sizeBytes }],
        isInUse: () => false,
        space: { capacityBytes: 1000, availableBytes },
        loopsStartedAt: 0,
      },
      V36,
    )
    expect(outcome.kind).toBe(kind)
    if (!('freed' in outcome)) return
    expect([outcome.wantedBytes, ids(outcome.freed.removed)]).toEqual([wanted, removed])
  })

  it.each([
    [8, 0, []],
    [9, MINUTE, ['0']],
    [9, MINUTE - 1, []],
  ])('%d: a minimum age of one minute, %d ms after detection', (_, later, removed) => {
    const records = [image('0', 1024, { firstDetected: T0 })]
    const freed = free(records, 1024, { at: T0 + later, minimumAge: MINUTE })
    expect(ids(freed.removed)).toEqual(removed)
  })

  it.each([
    [10, [image('1', 1024, { pinned: true }), image('2', 1024)], ['2'], 1024],
    [11, [image('1', 1024, { pinned: true }), image('2', 1024, { pinned: true })], [], 0],
  ])('%d: pinned stays', (_, records, removed, bytes) => {
    const freed = free(records, 4096)
    expect([ids(freed.removed), freed.freedBytes.max]).toEqual([removed, bytes])
  })

  it.each([
    [12, 0, []],
    [13, MINUTE + 0.001, ['0']],
  ])('%d: maximum age of one minute, pass %d ms after the start', (_, later, removed) => {
    const listed = [{ id: '0', sizeBytes: 1 }]
    const state = seen(listed, [[T0, ['0']]])
    const settings = { ...zeroPolicy, maximumAge: MINUTE }
    const input = {
      at: T0 + later,
      listed,
      isInUse: () => false,
      space: { capacityBytes: 1000, availableBytes: 900 },
      loopsStartedAt: T0,
    }
    expect(ids(imageGcPass(state, settings, input, V36).overAge)).toEqual(removed)
  })

  it('14: 10 GiB, 512 MiB available, one image of 500 MiB', () => {
    const { outcome } = imageGcPass(
      NO_IMAGES_KNOWN,
      zeroPolicy,
      {
        at: T0,
        listed: [{ id: '0', sizeBytes: 524_288_000 }],
        isInUse: () => false,
        space: { capacityBytes: 10 * GIB, availableBytes: GIB / 2 },
        loopsStartedAt: 0,
      },
      V36,
    )
    expect(outcome).toMatchObject({ kind: 'fell-short', usagePercent: 95, wantedBytes: 1_610_612_736 })
  })

  it('15: from 1.29 on fresh records are too young for a deletion at once', () => {
    const listed = ['0', '1', '2'].map((id) => ({ id, sizeBytes: 1 }))
    const settings = { ...zeroPolicy, minimumAge: 3000 }
    const first = deleteUnusedImages(
      NO_IMAGES_KNOWN,
      settings,
      { at: T0, listed, isInUse: (id) => id === '2' },
      V29,
    )
    expect(first.freed.removed).toEqual([])
    const later = deleteUnusedImages(
      first.state,
      settings,
      { at: T0 + 3000, listed, isInUse: (id) => id === '2' },
      V29,
    )
    expect(ids(later.freed.removed).toSorted()).toEqual(['0', '1'])
  })
})

describe('rules that a naive model gets wrong', () => {
  it('before 1.29 the images of the first detection are as old as time, so no minimum age protects them', () => {
    const listed = [{ id: '0', sizeBytes: 1 }]
    const removedBy = (rules: typeof V20) =>
      free([...seen(listed, [[T0, []]], rules).records.values()], 1, { minimumAge: MINUTE, rules }).removed
    expect([removedBy(V20).length, removedBy(V29).length]).toEqual([1, 0])
  })

  it('a look that a collection takes is no first detection', () => {
    const state = detectImages(NO_IMAGES_KNOWN, [{ id: '0' }], () => false, T0, 'for-collection', V20)
    expect(state.records.get('0')?.firstDetected).toBe(T0)
    expect(state.isInitialised).toBe(false)
  })

  it('an image that comes back is new again', () => {
    const there = seen([{ id: '0' }], [[1, ['0']]])
    const gone = detectImages(there, [], () => false, 2, 'periodic', V36)
    const back = detectImages(gone, [{ id: '0' }], () => false, 3, 'periodic', V36)
    expect(back.records.get('0')).toMatchObject({ firstDetected: 3, lastUsed: ZERO_TIME })
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
    const known = { id: 'a', sizeBytes: 10, firstDetected: 0, lastUsed: T0 - 3 }
    const unknown = { id: 'b', firstDetected: 0, lastUsed: T0 - 2 }
    const last = { id: 'c', sizeBytes: 30, firstDetected: 0, lastUsed: T0 - 1 }
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

  it.each([
    ['1.22', { minor: 22, patch: 0 }, false],
    ['1.24.17', { minor: 24, patch: 17 }, false],
    ['1.26.7', { minor: 26, patch: 7 }, false],
    ['1.27.1', { minor: 27, patch: 1 }, false],
    ['1.27.7', { minor: 27, patch: 7 }, true],
    ['1.28.3', { minor: 28, patch: 3 }, true],
    ['1.29.0', { minor: 29, patch: 0 }, true],
  ])('pinning in %s (semantics §1.5)', (_, version, honoured) => {
    expect(imageGcRules(version).honoursPinned).toBe(honoured)
  })

  it('threshold 100 switches the loop off, from 1.30 on only without a maximum age (semantics §1.1)', () => {
    const off = { ...zeroPolicy, highThresholdPercent: 100 }
    expect(runsImageGc(off, V36)).toBe(false)
    expect(runsImageGc({ ...off, maximumAge: MINUTE }, V29)).toBe(false)
    expect(runsImageGc({ ...off, maximumAge: MINUTE }, V36)).toBe(true)
  })

  it('1.29 has no guard on the maximum age, and a never-used image is infinitely old (semantics §1.7)', () => {
    const listed = [{ id: '0', sizeBytes: 1 }]
    const input = { at: T0, listed, isInUse: () => false, space: undefined, loopsStartedAt: T0 }
    const settings = { ...zeroPolicy, maximumAge: MINUTE }
    expect(ids(imageGcPass(NO_IMAGES_KNOWN, settings, input, V29).overAge)).toEqual(['0'])
    expect(imageGcPass(NO_IMAGES_KNOWN, settings, input, V36).overAge).toEqual([])
    expect(imageGcPass(NO_IMAGES_KNOWN, settings, input, V20).overAge).toEqual([])
  })

  it('without figures there is no capacity, and nothing happens', () => {
    const input = { at: T0, listed: [], isInUse: () => false, loopsStartedAt: 0 }
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
  })
  const records = fc.uniqueArray(record, { selector: ({ id }) => id, maxLength: 10 })

  it('nothing in use or pinned is ever removed, and bytes add up', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: -10, max: 5000 }), (images, wanted) => {
        const used = images.filter((_, index) => index % 3 === 0).map(({ id }) => id)
        const { removed, tied, freedBytes } = free(images, wanted, { used })
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
