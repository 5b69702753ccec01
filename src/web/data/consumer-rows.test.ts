import { describe, expect, it } from 'vitest'
import type { ConsumersDocument } from '../../http/node-contract.ts'
import { consumerRows } from './consumer-rows.ts'

const figures = (label: string, bytes: number) => ({ label, bytes, bytesPerSecond: null })
const disk = {
  consumers: [
    {
      ...figures('logs', 30),
      kind: 'container-logs' as const,
      consumers: [
        { ...figures('ns/a', 20), consumers: [figures('app', 15), figures('side', 5)] },
        { ...figures('ns/b', 10), consumers: [] },
        { ...figures('ns/b', 9), consumers: [] },
      ],
    },
    { ...figures('rest', 1), kind: 'remainder' as const, consumers: [] },
  ],
} as unknown as ConsumersDocument

const shown = (...open: string[]) =>
  consumerRows(disk, new Set(open)).map(
    ({ level, label, isOpen }) => `${level} ${label}${isOpen === undefined ? '' : isOpen ? ' -' : ' +'}`,
  )

describe('what holds the bytes of a disk', () => {
  it('is shown by kind, and opened row by row', () => {
    expect(shown()).toEqual(['0 logs +', '0 rest'])
    expect(shown('container-logs')).toEqual(['0 logs -', '1 ns/a +', '1 ns/b', '1 ns/b', '0 rest'])
    expect(shown('container-logs', 'container-logs\nns/a\n0')).toEqual([
      '0 logs -',
      '1 ns/a -',
      '2 app',
      '2 side',
      '1 ns/b',
      '1 ns/b',
      '0 rest',
    ])
  })

  it('has a key of its own for each row, also for those of one name', () => {
    const keys = consumerRows(disk, new Set(['container-logs'])).map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
