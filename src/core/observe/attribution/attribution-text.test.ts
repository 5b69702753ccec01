import { expect, it } from 'vitest'
import { columnsOf } from '../../tell/wrap-text.ts'
import { attributionText } from './attribution-text.ts'
import type { DiskAttribution } from './disk-attribution.ts'

const GB = 1e9
const DISK: DiskAttribution = {
  mountPoint: '/',
  capacityBytes: 20 * GB,
  usedBytes: 10 * GB,
  reservedBytes: GB,
  availableBytes: 9 * GB,
  consumers: [
    {
      kind: 'empty-dirs',
      bytes: 6 * GB,
      consumers: [
        { kind: 'empty-dirs', pod: 'shop/web-0', name: 'cache', bytes: 5 * GB },
        ...Array.from({ length: 6 }, (_, index) => ({
          kind: 'empty-dirs' as const,
          pod: `shop/a-very-long-name-of-a-pod-that-does-not-fit-${index}`,
          name: 'scratch',
          bytes: GB / 6,
        })),
      ],
    },
    { kind: 'journal', bytes: 4 * GB - 1000 },
    { kind: 'remainder', bytes: 1000 },
  ],
}

it('draws a tree with bars that fits the terminal', () => {
  const text = attributionText([DISK], 'en', 80)
  expect(text).toMatchInlineSnapshot(`
    "/: 10.0 GB of 20.0 GB in use, 1.00 GB kept for root, 9.00 GB available
      emptyDir volumes                        ████████████           6.00 GB  60 %
        shop/web-0 cache                                             5.00 GB  50 %
        …f-a-pod-that-does-not-fit-0 scratch                          167 MB   2 %
        …f-a-pod-that-does-not-fit-1 scratch                          167 MB   2 %
        …f-a-pod-that-does-not-fit-2 scratch                          167 MB   2 %
        …f-a-pod-that-does-not-fit-3 scratch                          167 MB   2 %
        2 others                                                      333 MB   3 %
      journal                                 ████████               4.00 GB  40 %
      not found by a walk                                               1 kB  <1 %
    "
  `)
})

it.each(['en', 'zh-CN'] as const)('is never wider than it may be, in %s', (language) => {
  for (const columns of [60, 80, 120]) {
    const lines = attributionText([DISK], language, columns).split('\n')
    expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(columns)
  }
})

it('says when nothing is known', () => {
  expect(attributionText([], 'en', 80)).toBe('Where the bytes of its disks are could not be found out.\n')
})
