import { describe, expect, it } from 'vitest'
import { imageGcRules } from './image-gc-rules.ts'
import { shortfallText } from './shortfall-text.ts'

const shortfall = { usagePercent: 86, capacityBytes: 2 ** 40, wantedBytes: 150, freedBytes: 50 }
const at = (minor: number, more: Partial<typeof shortfall> = {}) =>
  shortfallText({ ...shortfall, ...more }, imageGcRules({ minor, patch: 0 }))

describe('error text (1) by version (semantics §1.9)', () => {
  const old =
    'failed to garbage collect required amount of images. Wanted to free 150 bytes, but freed 50 bytes'
  const middle =
    'Failed to garbage collect required amount of images. Attempted to free 150 bytes, but only found 50 bytes eligible to free.'
  const now =
    "Insufficient free disk space on the node's image filesystem (86% of 1.0 TiB used). Failed to free sufficient space by deleting unused images (freed 50 bytes). Investigate disk usage, as it could be used by active images, logs, volumes, or other data."

  it.each([
    ['1.15', 15, old],
    ['1.25', 25, old],
    ['1.26', 26, middle],
    ['1.34', 34, middle],
    ['1.35', 35, now],
  ])('%s', (_, minor, text) => expect(at(minor)).toBe(text))

  it.each([
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1.5 * 2 ** 20, '1.5 MiB'],
    [10 * 2 ** 30, '10.0 GiB'],
    [3000 * 2 ** 40, '3000.0 TiB'],
  ])('%d bytes are %s', (capacityBytes, text) =>
    expect(at(35, { capacityBytes })).toContain(` of ${text} used`),
  )
})
