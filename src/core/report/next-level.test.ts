import { describe, expect, it } from 'vitest'
import type { DiskLevel } from '../kubelet/disk-levels.ts'
import { nextLevel } from './next-level.ts'
import type { DiskReport, NodeReport } from './node-report.ts'

const collection: DiskLevel = { id: 'image-gc', kind: 'image-gc', unit: 'bytes', below: 150, setting: '85%' }
const eviction: DiskLevel = {
  id: 'nodefs.available',
  kind: 'hard',
  unit: 'bytes',
  below: 100,
  setting: '10%',
}
const disk = (more: Partial<DiskReport> = {}): DiskReport => ({
  holds: 'all',
  capacityBytes: 1000,
  availableBytes: 400,
  usedPercent: 60,
  levels: [collection, eviction],
  next: { level: collection, marginBytes: 250 },
  crossed: [],
  ...more,
})
const foretold = (level: DiskLevel, p50: number | null): NodeReport['forecast'] => {
  const at = { p10: 1, p50, p90: null }
  return { level: { ...level, at }, at }
}
const node = (more: Partial<NodeReport> = {}): NodeReport => ({
  name: 'n1',
  kubeletVersion: null,
  worst: null,
  isSeen: true,
  lastSeenAt: 0,
  disks: [],
  forecast: null,
  ...more,
})

describe('nextLevel', () => {
  it.each<[string, NodeReport, DiskReport | undefined, object]>([
    ['the nearest level', node(), disk(), { kind: 'ahead', level: collection, marginBytes: 250 }],
    [
      'the lowest of the levels that are crossed, whatever is foretold',
      node({ forecast: foretold(eviction, 5) }),
      disk({ crossed: [collection, eviction], next: null }),
      { kind: 'crossed', level: eviction },
    ],
    [
      'when growth leads to it',
      node({ forecast: foretold(collection, 5) }),
      disk(),
      { kind: 'expected', level: { id: 'image-gc' }, at: 5 },
    ],
    [
      'the level of another disk is not that of this one',
      node({ forecast: foretold(eviction, 5) }),
      disk(),
      { kind: 'ahead' },
    ],
    [
      'a level that may never be met',
      node({ forecast: foretold(collection, null) }),
      disk(),
      { kind: 'ahead' },
    ],
    ['nothing of settings that are not known', node(), disk({ next: null, levels: [] }), { kind: 'unknown' }],
    ['nothing of a disk that was not seen', node({ isSeen: false }), disk(), { kind: 'unseen' }],
    ['nothing where there is no disk', node(), undefined, { kind: 'unseen' }],
  ])('%s', (_, report, of, expected) => {
    expect(nextLevel(report, of)).toMatchObject(expected)
  })
})
