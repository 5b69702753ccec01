import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KUBELET_METRICS, readMetricLine } from './metrics-text.ts'

const FAMILIES = new Set(['a_total', 'b'])

describe('readMetricLine', () => {
  it.each([
    ['a_total 3', { name: 'a_total', labels: {}, value: 3 }],
    ['b{x="1",y="two"} 1.5e+09 1700000000000', { name: 'b', labels: { x: '1', y: 'two' }, value: 1.5e9 }],
    ['b{x="} 7 \\"q\\" \\\\ \\n",} -Inf', { name: 'b', labels: { x: '} 7 "q" \\ \n' }, value: -Infinity }],
    ['b{ x = "1" } 1', undefined],
    ['b{} +Inf', { name: 'b', labels: {}, value: Infinity }],
    ['b NaN', undefined],
    ['b', undefined],
    ['b{x="1" 2', undefined],
    ['b{x=1} 2', undefined],
    ['c 1', undefined],
    ['a_total_created 1', undefined],
    ['# TYPE b gauge', undefined],
    ['', undefined],
  ])('%s', (line, sample) => {
    expect(readMetricLine(line, FAMILIES)).toEqual(sample)
  })

  it('reads back every label, whatever is in it', () => {
    const escaped = (text: string) =>
      text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
    const value = fc
      .string({ maxLength: 100, unit: 'binary' })
      .map((text) => text.replace(/[\r\u2028\u2029]/g, ''))
    fc.assert(
      fc.property(value, value, (x, y) => {
        const sample = readMetricLine(`b{x="${escaped(x)}",y="${escaped(y)}"} 1`, FAMILIES)
        expect(sample?.labels).toEqual({ x, y })
      }),
    )
  })

  it('never throws, and gives only families that were asked for', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('b', 'b{', 'a_total{x="', 'kubelet_evictions '),
        fc.string(),
        (start, rest) => {
          const sample = readMetricLine(start + rest, KUBELET_METRICS)
          expect(sample === undefined || KUBELET_METRICS.has(sample.name)).toBe(true)
        },
      ),
    )
  })
})
