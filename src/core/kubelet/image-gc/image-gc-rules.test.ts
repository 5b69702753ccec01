import { describe, expect, it } from 'vitest'
import { countsAsInUse, imageGcRules, type ImageUse } from './image-gc-rules.ts'

const rules = (minor: number, patch = 0) => imageGcRules({ minor, patch })

describe('who counts as in use (semantics §1.3)', () => {
  it.each<[ImageUse, boolean, boolean, boolean]>([
    // in 1.28, 1.29, 1.35
    ['running-container', true, true, true],
    ['exited-container', true, true, true],
    ['sandbox-image-flag', true, false, false],
    ['running-sandbox', false, false, false],
    ['mounted-image-volume', false, false, true],
    ['pod-without-container', false, false, false],
  ])('%s', (use, ...counts) => {
    expect([28, 29, 35].map((minor) => countsAsInUse(use, rules(minor)))).toEqual(counts)
  })
})

describe('pinned images (semantics §1.5)', () => {
  it.each([
    // the last patch that does not honour a pin, or none
    ['1.22', rules(22, 17), false],
    ['1.23', rules(23, 17), false],
    ['1.24', rules(24, 17), false],
    ['1.25, before the pick', rules(25, 13), false],
    ['1.25, with the pick', rules(25, 14), true],
    ['1.26.7', rules(26, 7), false],
    ['1.26, before the pick', rules(26, 8), false],
    ['1.26, with the pick', rules(26, 9), true],
    ['1.27.1', rules(27, 1), false],
    ['1.27, before the pick', rules(27, 5), false],
    ['1.27, with the pick', rules(27, 6), true],
    ['1.27.7', rules(27, 7), true],
    ['1.28, with the pick', rules(28, 1), true],
    ['1.29', rules(29), true],
  ])('%s', (_, { honoursPinned }, honoured) => expect(honoursPinned).toBe(honoured))
})

describe('what changed between versions (semantics §1)', () => {
  it.each([
    ['1.14', 14, true, 'none', false],
    ['1.28', 28, true, 'none', false],
    ['1.29', 29, false, 'from-the-first-pass', true],
    ['1.30', 30, false, 'after-one-maximum-age', true],
    ['1.36', 36, false, 'after-one-maximum-age', true],
  ] as const)('%s', (_, minor, firstDetectionIsZero, maximumAge, detectsFirst) => {
    expect(rules(minor)).toMatchObject({
      firstDetectionIsZero,
      sandboxFlagProtects: firstDetectionIsZero,
      maximumAge,
      detectsFirst,
    })
  })
})
