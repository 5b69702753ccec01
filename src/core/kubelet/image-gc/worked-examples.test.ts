import { describe, expect, it } from 'vitest'
import { freeImages, type Freed } from './freeing.ts'
import { deleteUnusedImages, imageGcPass, type ImageGcSettings } from './image-gc-pass.ts'
import { imageGcRules } from './image-gc-rules.ts'
import {
  detectImages,
  NO_IMAGES_KNOWN,
  type ImageManagerState,
  type ImageRecord,
  type ListedImage,
} from './image-records.ts'
import { shortfallText } from './shortfall-text.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const GIB = 2 ** 30
const MIB = 2 ** 20
const V34 = imageGcRules({ minor: 34, patch: 0 })
const V35 = imageGcRules({ minor: 35, patch: 0 })
const T0 = Date.UTC(2026, 10, 24)

const policy = (
  thresholds: readonly [high: number, low: number],
  more: Partial<ImageGcSettings> = {},
): ImageGcSettings => ({
  highThresholdPercent: thresholds[0],
  lowThresholdPercent: thresholds[1],
  minimumAge: 0,
  maximumAge: 0,
  ...more,
})
const ZERO = policy([90, 80])
const listed = (...sizes: readonly number[]): ListedImage[] =>
  sizes.map((sizeBytes, index) => ({ id: String(index), sizeBytes }))
const listing = (images: readonly ListedImage[], used: readonly string[] = []) => ({
  listed: images,
  inUse: new Set(used),
})
const ids = (images: readonly ImageRecord[]) => images.map(({ id }) => id)

/** What a kubelet knows after these looks, each of which names the images in use at it. */
const after = (
  images: readonly ListedImage[],
  looks: readonly (readonly [at: number, ...used: string[]])[],
  state: ImageManagerState = NO_IMAGES_KNOWN,
) =>
  looks.reduce(
    (known, [at, ...used]) => detectImages(known, listing(images, used), at, 'periodic', V35),
    state,
  )
/** Which images go, and how many bytes: all that the table says of a call. */
const told = ({ removed, tied, freedBytes: { min, max } }: Freed) => {
  expect(tied).toBeUndefined()
  expect(min).toBe(max)
  return [ids(removed).toSorted().join(' '), max]
}
/** A call at an instant, the images in use being named; what is listed is what is known. */
const free = (
  state: ImageManagerState,
  wantedBytes: number,
  used: readonly string[] = [],
  { at = T0 + SECOND, minimumAge = 0 } = {},
) => {
  const looked = detectImages(state, listing(state.records, used), at, 'for-collection', V35)
  return told(freeImages(looked, { at, minimumAge, wantedBytes }, V35))
}
const deleteUnused = (
  state: ImageManagerState,
  images: readonly ListedImage[],
  used: readonly string[],
  at: number,
  minimumAge = 0,
) => deleteUnusedImages(state, policy([90, 80], { minimumAge }), { at, listing: listing(images, used) }, V34)
const pass = (
  settings: ImageGcSettings,
  capacityBytes: number,
  availableBytes: number,
  images: readonly ListedImage[] = [],
) =>
  imageGcPass(
    NO_IMAGES_KNOWN,
    settings,
    {
      at: T0,
      listing: listing(images),
      space: { capacityBytes, availableBytes: Math.floor(availableBytes) },
      loopsStartedAt: 0,
    },
    V35,
  )

describe('worked examples (semantics §1.11): a call', () => {
  it('1: what is in use stays, and less than wanted is freed', () => {
    expect(free(after(listed(1024, 2048), [[T0, '1']]), 2048, ['1'])).toEqual(['0', 1024])
  })

  it('2: deletes all unused', () => {
    const images = listed(1024, 2048, 2048)
    const { freed, state } = deleteUnused(after(images, [[T0, '2']]), images, ['2'], T0)
    expect(told(freed)).toEqual(['0 1', 3072])
    expect(ids(state.records)).toEqual(['2'])
  })

  it('3: the one used longer ago goes first', () => {
    const images = listed(1024, 2048)
    expect(
      free(
        after(images, [
          [T0 - 3, '0', '1'],
          [T0 - 2, '1'],
        ]),
        1024,
      ),
    ).toEqual(['0', 1024])
  })

  it('4: never used goes before used, however late it was detected', () => {
    const first = after(listed(1024), [
      [T0 - 9, '0'],
      [T0 - 8, '0'],
    ])
    expect(free(after(listed(1024, 2048), [[T0 - 1]], first), 1024)).toEqual(['1', 2048])
  })

  it.each([
    [8, 0, '', 0],
    [9, MINUTE, '0', 1024],
  ])('%d: a minimum age of one minute, %d ms after the detection', (_, later, removed, bytes) => {
    const known = after(listed(1024, 2048), [[T0, '1']])
    const at = { at: T0 + later, minimumAge: MINUTE }
    expect(free(known, 1024, ['1'], at)).toEqual([removed, bytes])
  })

  it.each([
    [10, 4096, [false, true, false], '2', 1024],
    [11, 2048, [false, true, true], '', 0],
  ])('%d: pinned stays when %d bytes are wanted', (_, wanted, pins, removed, bytes) => {
    const images = listed(0, 1024, 1024)
      .map((image, index) => ({ ...image, pinned: pins[index] }))
      .slice(1)
    expect(free(after(images, [[T0]]), wanted)).toEqual([removed, bytes])
  })

  it('15: fresh records are too young for a deletion at once, and go after the minimum age', () => {
    const images = listed(1, 1, 1)
    const atOnce = deleteUnused(NO_IMAGES_KNOWN, images, ['2'], T0, 3 * SECOND)
    expect(told(atOnce.freed)).toEqual(['', 0])
    const later = deleteUnused(atOnce.state, images, ['2'], T0 + 3 * SECOND, 3 * SECOND)
    expect(told(later.freed)).toEqual(['0 1', 2])
  })
})

describe('worked examples (semantics §1.11): a threshold pass', () => {
  it.each<[number, ImageGcSettings, number, number, readonly number[], object]>([
    [5, ZERO, 1000, 600, [], { kind: 'below-threshold', usagePercent: 40 }],
    [6, ZERO, 1000, 50, [450], { kind: 'freed', usagePercent: 95, wantedBytes: 150, takes: ['0', 450] }],
    [7, ZERO, 1000, 50, [50], { kind: 'fell-short', usagePercent: 95, wantedBytes: 150, takes: ['0', 50] }],
    [
      14,
      ZERO,
      10 * GIB,
      512 * MIB,
      [500 * MIB],
      { kind: 'fell-short', usagePercent: 95, wantedBytes: 1_610_612_736, takes: ['0', 524_288_000] },
    ],
    [
      16,
      policy([85, 80]),
      100 * GIB,
      15.9 * GIB,
      [],
      // 4.1 GiB, the available bytes being whole ones.
      {
        kind: 'fell-short',
        usagePercent: 85,
        wantedBytes: 20 * GIB - Math.floor(15.9 * GIB),
        takes: ['', 0],
      },
    ],
    [17, policy([85, 80]), 100 * GIB, 16 * GIB, [], { kind: 'below-threshold', usagePercent: 84 }],
  ])('%d: %o', (_, settings, capacity, available, sizes, expected) => {
    const { outcome } = pass(settings, capacity, available, listed(...sizes))
    const { freed, ...rest } = { freed: undefined, ...outcome }
    expect({ ...rest, ...(freed === undefined ? {} : { takes: told(freed) }) }).toEqual(expected)
  })

  it('14: what the event says from 1.35 on', () => {
    const text = shortfallText(
      {
        usagePercent: 95,
        capacityBytes: 10 * GIB,
        wantedBytes: 1_610_612_736,
        freedBytes: 524_288_000,
      },
      V35,
    )
    expect(text).toContain('(95% of 10.0 GiB used)')
    expect(text).toContain('(freed 524288000 bytes)')
  })

  it.each([
    [12, 0, []],
    [13, MINUTE + 1e-6, ['0']],
  ])('%d: a maximum age of one minute, %d ms after the start and the last use', (_, later, removed) => {
    const input = {
      // Small instants, in which a nanosecond is not lost.
      at: later,
      listing: listing(listed(1)),
      space: { capacityBytes: 1000, availableBytes: 900 },
      loopsStartedAt: 0,
    }
    const known = after(listed(1), [[0, '0']])
    expect(ids(imageGcPass(known, policy([90, 80], { maximumAge: MINUTE }), input, V35).overAge)).toEqual(
      removed,
    )
  })
})
