import { describe, expect, it } from 'vitest'
import { imageGcPass, runsImageGc, type ImageGcInput, type ImageGcSettings } from './image-gc-pass.ts'
import { imageGcRules } from './image-gc-rules.ts'
import { detectImages, NO_IMAGES_KNOWN } from './image-records.ts'

const MINUTE = 60_000
const T0 = 100 * MINUTE
const V28 = imageGcRules({ minor: 28, patch: 9 })
const V29 = imageGcRules({ minor: 29, patch: 0 })
const V30 = imageGcRules({ minor: 30, patch: 0 })
const settings: ImageGcSettings = {
  highThresholdPercent: 85,
  lowThresholdPercent: 80,
  minimumAge: 2 * MINUTE,
  maximumAge: 10 * MINUTE,
}
const A = [{ id: 'a', sizeBytes: 30 }]
const NONE: ReadonlySet<string> = new Set()
const input: ImageGcInput = {
  at: T0,
  listing: { listed: A, inUse: NONE },
  space: { capacityBytes: 1000, availableBytes: 900 },
  loopsStartedAt: 0,
}
/** What goes for its age when the image was last in use so long before the pass. */
const goesAfter = (unusedFor: number, more: Partial<ImageGcInput> = {}, rules = V30, by = settings) => {
  const known = detectImages(
    NO_IMAGES_KNOWN,
    { listed: A, inUse: new Set('a') },
    T0 - unusedFor,
    'periodic',
    rules,
  )
  return imageGcPass(known, by, { ...input, ...more }, rules).overAge.map(({ id }) => id)
}

describe('maximum age (semantics §1.7)', () => {
  it('takes what is unused for longer, and not for exactly as long', () => {
    expect([goesAfter(10 * MINUTE), goesAfter(10 * MINUTE + 1)]).toEqual([[], ['a']])
  })

  it('skipped when it is 0', () => {
    expect(goesAfter(20 * MINUTE, {}, V30, { ...settings, maximumAge: 0 })).toEqual([])
  })

  it('1.30+: skipped until the kubelet has collected for longer than the maximum age', () => {
    const at = (running: number) => goesAfter(20 * MINUTE, { loopsStartedAt: T0 - running })
    expect([at(10 * MINUTE), at(10 * MINUTE + 1)]).toEqual([[], ['a']])
  })

  it('1.29 lacks this guard, and before there is no maximum age', () => {
    const justStarted = { loopsStartedAt: T0 }
    expect([goesAfter(20 * MINUTE, justStarted, V29), goesAfter(20 * MINUTE, {}, V28)]).toEqual([['a'], []])
  })

  it('looks at no minimum age: a freshly pulled image that nothing has used is infinitely old', () => {
    expect(imageGcPass(NO_IMAGES_KNOWN, settings, input, V30).overAge).toMatchObject([
      { id: 'a', firstDetected: T0 },
    ])
  })

  it('spares what is in use or pinned', () => {
    expect(goesAfter(20 * MINUTE, { listing: { listed: A, inUse: new Set('a') } })).toEqual([])
    expect(
      goesAfter(20 * MINUTE, {
        listing: { listed: [{ id: 'a', sizeBytes: 30, pinned: true }], inUse: NONE },
      }),
    ).toEqual([])
  })

  it('applies whatever the disk, and what it took is no candidate of the same pass any more', () => {
    const listed = [
      { id: 'old', sizeBytes: 30 },
      { id: 'recent', sizeBytes: 30 },
    ]
    const listing = (...used: readonly string[]) => ({ listed, inUse: new Set(used) })
    const first = detectImages(NO_IMAGES_KNOWN, listing('old', 'recent'), T0 - 20 * MINUTE, 'periodic', V30)
    const known = detectImages(first, listing('recent'), T0 - 5 * MINUTE, 'periodic', V30)
    const passOn = (availableBytes: number | undefined) =>
      imageGcPass(
        known,
        settings,
        {
          ...input,
          listing: listing(),
          space: availableBytes === undefined ? undefined : { capacityBytes: 1000, availableBytes },
        },
        V30,
      )
    const [calm, blind, full] = [passOn(900), passOn(undefined), passOn(100)]
    expect([calm, blind, full].map(({ overAge }) => overAge.map(({ id }) => id))).toEqual([
      ['old'],
      ['old'],
      ['old'],
    ])
    expect(
      [calm, blind].map(({ outcome: { kind }, state }) => [kind, ...state.records.map(({ id }) => id)]),
    ).toEqual([
      ['below-threshold', 'recent'],
      ['no-capacity', 'recent'],
    ])
    expect(full.outcome).toMatchObject({
      kind: 'fell-short',
      freed: { removed: [{ id: 'recent' }], freedBytes: { min: 30, max: 30 } },
    })
  })
})

describe('the off switch (semantics §1.1)', () => {
  it.each([
    ['below 100', 99, 0, V28, true],
    ['100, up to 1.28', 100, MINUTE, V28, false],
    ['100, in 1.29 also with a maximum age', 100, MINUTE, V29, false],
    ['100, from 1.30 on without a maximum age', 100, 0, V30, false],
    ['100, from 1.30 on with a maximum age', 100, MINUTE, V30, true],
  ] as const)('%s', (_, highThresholdPercent, maximumAge, rules, runs) => {
    expect(runsImageGc({ ...settings, highThresholdPercent, maximumAge }, rules)).toBe(runs)
  })
})
