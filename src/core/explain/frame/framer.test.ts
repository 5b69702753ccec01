import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatInstant } from '../../units/instant.ts'
import { readFacts } from '../read-facts.ts'
import { createFramer, type FrameOptions } from './framer.ts'

function frame(lines: readonly string[], options: Partial<FrameOptions> = {}) {
  const framer = createFramer({ file: 'log', ...options })
  return [...lines.flatMap((line) => framer.push(line)), ...framer.end()]
}
const first = (line: string, options: Partial<FrameOptions> = {}) => frame([line], options)[0]
const instants = (lines: readonly string[], options: Partial<FrameOptions> = {}) =>
  frame(lines, options).map(({ time }) => (time.at === null ? null : formatInstant(time.at)))

const KLOG = 'E1107 06:20:49.829886   13241 remote_image.go:113] PullImage failed'

describe('carriers', () => {
  it.each<[string, string, Partial<Record<'message' | 'node' | 'from', string | null>>]>([
    ['raw klog', KLOG, { message: 'PullImage failed', node: null, from: 'kubelet' }],
    [
      'rsyslog',
      `Nov  7 06:20:49 k8work2 kubelet: ${KLOG}`,
      { message: 'PullImage failed', node: 'k8work2', from: 'kubelet' },
    ],
    [
      'journald with pid',
      `Nov 07 06:20:49 n1 kubelet[13241]: ${KLOG}`,
      { message: 'PullImage failed', node: 'n1' },
    ],
    ['journald, precise', `Nov 07 06:20:49.830001 n1 kubelet[1]: ${KLOG}`, { message: 'PullImage failed' }],
    [
      'RFC 3339 syslog',
      `2020-11-07T14:20:49.830001+08:00 n1 kubelet[1]: ${KLOG}`,
      { message: 'PullImage failed', node: 'n1' },
    ],
    ['tag only', `kubelet[2298]: ${KLOG}`, { message: 'PullImage failed', from: 'kubelet' }],
    ['k3s', `Nov 07 06:20:49 n1 k3s[1]: ${KLOG}`, { message: 'PullImage failed', from: 'kubelet' }],
    [
      'docker json-file',
      JSON.stringify({ log: `${KLOG}\n`, stream: 'stderr', time: '2020-11-07T06:20:49Z' }),
      { message: 'PullImage failed' },
    ],
    ['CRI log', `2020-11-07T06:20:49.123456789Z stderr F ${KLOG}`, { message: 'PullImage failed' }],
    [
      'logfmt',
      'time="2020-11-07T06:20:49.9Z" level=error msg="it \\"failed\\"" error="no \\n space"',
      { message: 'it "failed"', from: 'containerd' },
    ],
    [
      'copied from a web page',
      `Nov\u00a0 7\u00a006:20:49\u00a0n1\u00a0kubelet:\u00a0${KLOG.replaceAll(' ', '\u00a0')}`,
      { message: 'PullImage failed', node: 'n1' },
    ],
  ])('%s', (_, line, expected) => {
    expect(first(line, { year: 2020 })).toMatchObject({ isFramed: true, ...expected })
  })

  it('reads the pairs of a structured message, and leaves out a value that is cut', () => {
    const record = first(
      'I0101 00:00:00.000001 1 a.go:1] "Pods ranked" pods=["log/es-0","a/b c"] n=5 err="a=b \\"c\\"" cut="no e',
      { year: 2026 },
    )
    expect(Object.fromEntries(record?.values ?? [])).toEqual({
      pods: '["log/es-0","a/b c"]',
      n: '5',
      err: 'a=b "c"',
    })
  })

  it('takes prose for prose', () => {
    expect(first('The kubelet was attempting to delete unused images.')?.isFramed).toBe(false)
  })
})

describe('times', () => {
  it('have the year that is given, to the microsecond', () => {
    expect(instants([KLOG], { year: 2020 })).toEqual(['2020-11-07T06:20:49.829886Z'])
  })

  it('have no year when nothing says it, but an order', () => {
    const [early, late] = frame(['E1107 06:20:47.000000 1 a.go:1] a', KLOG])
    expect([early?.time.at, late?.time.at]).toEqual([null, null])
    expect(late?.time.text).toBe('1107 06:20:49.829886')
    expect(early?.time.order).toBeLessThan(late?.time.order ?? 0)
  })

  it('learn the year from a neighbour, also from a later one', () => {
    const neighbour =
      'I1107 06:20:50.000000 1 manager.go:1] Machine: {Timestamp:2020-11-07 06:20:50.01 +0000 UTC m=+5}'
    expect(instants([KLOG, neighbour])[0]).toBe('2020-11-07T06:20:49.829886Z')
  })

  it('learn from a neighbour that klog writes local time', () => {
    const neighbour =
      'I1107 14:20:50.000000 1 manager.go:1] Machine: {Timestamp:2020-11-07 14:20:50.01 +0800 CST m=+5}'
    expect(instants(['E1107 14:20:49.829886 1 a.go:1] x', neighbour])[0]).toBe('2020-11-07T06:20:49.829886Z')
  })

  it('go on into the next year', () => {
    const lines = ['E1231 23:59:59.000000 1 a.go:1] x', 'E0101 00:00:01.000000 1 a.go:1] y']
    expect(instants(lines, { year: 2020 })).toEqual(['2020-12-31T23:59:59Z', '2021-01-01T00:00:01Z'])
  })

  it('take the date of the carrier and the fraction of klog', () => {
    expect(instants([`2020-11-07T14:20:49+08:00 n1 kubelet[1]: ${KLOG}`])).toEqual([
      '2020-11-07T06:20:49.829886Z',
    ])
  })

  it('are coarse where a clock shows whole seconds', () => {
    expect(first('Nov  7 06:20:49 n1 kubelet: message', { year: 2020 })?.time.isCoarse).toBe(true)
    expect(first(KLOG, { year: 2020 })?.time.isCoarse).toBe(false)
  })
})

describe('any text at all', () => {
  const anyLine = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .tuple(
        fc.constantFrom(
          'Nov  7 06:20:49 n1 kubelet: ',
          'time="2020-11-07T06:20:49Z" level=info msg=',
          `${KLOG} "`,
          '',
        ),
        fc.string(),
      )
      .map((parts) => parts.join('')),
  )

  it('is framed without an error, in order, and whatever the facts, no line is lost', () => {
    fc.assert(
      fc.property(fc.array(anyLine), (lines) => {
        const records = frame(lines)
        const places = records.map(({ source }) => source.line)
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        for (const record of records) for (const fact of readFacts(record)) expect(fact.raw).toBe(record.raw)
        if (lines[0]?.trim()) expect(places[0]).toBe(1)
      }),
    )
  })
})
