import { expect, it } from 'vitest'
import { nodeView } from '../../core/detect/node-view.contract.ts'
import type { Incident } from '../../core/incident/incident.ts'
import { watchClosely } from './watch-closely.ts'

const START = nodeView([500]).readings.at(-1)?.at ?? 0
/** Of a disk of 1,000 MB whose kubelet acts below 160 and 150 MB; a sample each second. */
const samples = (megabytes: readonly number[]) =>
  megabytes.map((one, index) => {
    const [reading] = nodeView([one]).readings
    if (!reading) throw new Error('no reading')
    return { nodefs: { ...reading, at: START + (index + 1) * 1000 } }
  })
const falling = Array.from({ length: 50 }, (_, second) => 500 - 10 * second)
const told = (severity: Incident['severity']) =>
  [{ cause: { id: 'disk-filled' }, severity, affected: { nodes: ['n1'] } }] as unknown as Incident[]

function rings(megabytes: readonly number[], open: readonly Incident[] = []): number[] {
  const seconds: number[] = []
  let second = 0
  const watch = watchClosely({ nodes: () => [nodeView([500])], open: () => open }, () => seconds.push(second))
  for (const sample of samples(megabytes)) {
    second++
    watch(sample)
  }
  return seconds
}

it('rings before a level is crossed, and not again at once', () => {
  // It has 350 MB to fall: half of it is seen to.
  const [first = 0, second = 0] = rings(falling)
  expect(first).toBe(19)
  expect(second - first).toBeGreaterThanOrEqual(5)
})

it.each<[string, readonly number[], readonly Incident[]]>([
  ['a disk that stays as it is', Array<number>(60).fill(500), []],
  ['a fall that is told of', falling.slice(0, 34), told('warning')],
  ['an eviction threshold that is told of', falling, told('critical')],
])('is quiet about %s', (_, megabytes, open) => {
  expect(rings(megabytes, open)).toEqual([])
})

it('rings when an eviction threshold is met where only a warning was told', () => {
  // 15 % are a little more than 150 MB: the kubelet reckons with 32 bits.
  expect(rings(falling, told('warning'))[0]).toBe(36)
})
