import { describe, expect, it } from 'vitest'
import type { NodeRow } from '../../http/list-contract.ts'
import { countStates, fleetRows, leadingDisk, stateOf, type FleetAsked } from './fleet-rows.ts'

const disk = (usedPercent: number, next: Partial<NodeRow['disks'][number]['next']> = {}) => ({
  holds: 'all' as const,
  capacityBytes: 100,
  availableBytes: 100 - usedPercent,
  usedPercent,
  levels: [],
  next: { kind: 'ahead' as const, level: 'l', at: null, marginBytes: 10, ...next },
})
const row = (name: string, more: Partial<NodeRow> = {}): NodeRow => ({
  name,
  worst: null,
  isSeen: true,
  lastSeenAt: '2026-01-01T00:00:00Z',
  disks: [disk(50)],
  ...more,
})
const rows = [
  row('b', { worst: 'critical', disks: [disk(80)] }),
  row('Ab', { isSeen: false, lastSeenAt: null }),
  row('a', { worst: 'info', disks: [disk(90)] }),
]
const all: FleetAsked = { name: '', state: 'all', sort: 'need', isDescending: false }
const names = (asked: Partial<FleetAsked>) => fleetRows(rows, { ...all, ...asked }).map(({ name }) => name)

describe('fleetRows', () => {
  it.each([
    [{}, ['b', 'Ab', 'a']],
    [{ isDescending: true }, ['a', 'Ab', 'b']],
    [{ name: 'aB' }, ['Ab']],
    [{ state: 'critical' as const }, ['b']],
    [{ state: 'unseen' as const }, ['Ab']],
    [{ sort: 'name' as const }, ['Ab', 'a', 'b']],
    [{ sort: 'used' as const, isDescending: true }, ['a', 'b', 'Ab']],
    [{ sort: 'state' as const, isDescending: true }, ['b', 'a', 'Ab']],
    [{ sort: 'seen' as const }, ['Ab', 'b', 'a']],
  ])('%j shows %j', (asked, expected) => {
    expect(names(asked)).toEqual(expected)
  })

  it('counts a node that is sick and not seen as both', () => {
    const blind = row('c', { isSeen: false, worst: 'warning' })
    expect(countStates([...rows, blind])).toEqual({ critical: 1, warning: 1, info: 1, fine: 0, unseen: 2 })
  })

  it('never calls a node fine or unseen that is known to be sick', () => {
    expect(stateOf(row('x', { isSeen: false, worst: 'warning' }))).toBe('warning')
    expect(stateOf(row('x'))).toBe('fine')
  })

  it.each([
    [disk(1, { kind: 'crossed', marginBytes: null }), disk(2, { kind: 'expected', marginBytes: null })],
    [disk(1, { kind: 'expected', marginBytes: null }), disk(2)],
    [disk(1, { marginBytes: 5 }), disk(2)],
    [disk(1), disk(2, { kind: 'unknown', marginBytes: null })],
  ])('leads with the disk whose kubelet acts first', (first, other) => {
    expect(leadingDisk(row('x', { disks: [other, first] }))).toBe(first)
  })
})
