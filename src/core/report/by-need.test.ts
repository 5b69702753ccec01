import { describe, expect, it } from 'vitest'
import type { DiskLevel } from '../kubelet/disk-levels.ts'
import { byNeed } from './by-need.ts'
import type { DiskReport, NodeReport } from './node-report.ts'

const level: DiskLevel = { id: 'image-gc', kind: 'image-gc', unit: 'bytes', below: 15, setting: '85%' }
const disk = (availableBytes: number): DiskReport => ({
  holds: 'all',
  capacityBytes: 100,
  availableBytes,
  usedPercent: 100 - availableBytes,
  levels: [level],
  next: availableBytes >= 15 ? { level, marginBytes: availableBytes - 15 } : null,
  crossed: availableBytes < 15 ? [level] : [],
})
const node = (name: string, available: number, more: Partial<NodeReport> = {}): NodeReport => ({
  name,
  kubeletVersion: null,
  worst: null,
  isSeen: true,
  lastSeenAt: 0,
  disks: [disk(available)],
  forecast: null,
  ...more,
})
const at = (instant: number): Partial<NodeReport> => {
  const range = { p10: instant, p50: instant, p90: instant }
  return { forecast: { level: { ...level, at: range }, at: range } }
}

describe('byNeed', () => {
  it.each<[string, NodeReport[]]>([
    [
      'the sick before the fine',
      [node('b', 90, { worst: 'critical' }), node('a', 90, { worst: 'warning' }), node('c', 10)],
    ],
    ['what is crossed before what is expected', [node('b', 10), node('a', 20, at(1000))]],
    ['what is expected sooner', [node('c', 90, at(1000)), node('b', 20, at(2000)), node('a', 20)]],
    ['a smaller share left', [node('b', 20), node('a', 30)]],
    ['a note makes nobody sick', [node('b', 20), node('a', 30, { worst: 'info' })]],
    [
      'by name at last, the unseen too',
      [node('a', 100, { disks: [], isSeen: false }), node('b', 100, { disks: [] })],
    ],
  ])('%s', (_, expected) => {
    expect(byNeed(expected.toReversed()).map(({ name }) => name)).toEqual(expected.map(({ name }) => name))
  })
})
