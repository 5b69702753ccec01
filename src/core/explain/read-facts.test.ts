import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findIncidents } from '../incident/find-incidents.ts'
import { foldFacts, inOrder, withoutFirstStates } from './fold.ts'
import { createFramer } from './frame/framer.ts'
import { nodeDisk } from './node-disk.ts'
import { patternFamilies } from './patterns/index.ts'
import { readFacts } from './read-facts.ts'

const MESSAGES = patternFamilies.flatMap(({ patterns }) =>
  patterns.flatMap(({ examples, nearMisses }) => [...examples.map(({ message }) => message), ...nearMisses]),
)
const CARRIERS = [
  'E1107 06:20:49.829886   13241 file.go:1] ',
  'Nov  7 06:20:49 n1 kubelet: ',
  '2020-11-07T14:20:49.830001+08:00 n1 kubelet[1]: ',
  '  Warning  Failed  2m (x3 over 5m)  kubelet, n1  ',
  '2020-11-07T06:20:49.123456789Z stderr F E1107 06:20:49.829886   13241 file.go:1] ',
  'Nov 07 06:20:49 n1 k0s[1]: time="2020-11-07 06:20:49" level=info msg=',
  '',
]
const line = fc
  .tuple(fc.constantFrom(...CARRIERS), fc.constantFrom(...MESSAGES))
  .map(([carrier, message]) => carrier + message)

function factsOf(lines: readonly string[], file = 'log') {
  const framer = createFramer({ file, year: 2020 })
  return [...lines.flatMap((text) => framer.push(text)), ...framer.end()].flatMap(readFacts)
}
const told = (lines: readonly string[]) => factsOf(lines).map(({ id, fields, at }) => ({ id, fields, at }))

describe('facts', () => {
  it('are the same with CR LF', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        expect(told(lines.map((text) => `${text}\r`))).toEqual(told(lines))
      }),
    )
  })

  it('are the same with lines of something else before, between and after', () => {
    const idle = 'I1107 06:20:49.829886   13241 a.go:1] idle'
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        expect(told([idle, ...lines.flatMap((text) => [text, idle])])).toEqual(
          lines.flatMap((text) => told([text])),
        )
      }),
    )
  })

  it('name no value that a cut line only begins', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MESSAGES), fc.nat(300), (message, length) => {
        const whole = factsOf([CARRIERS[0] + message])
        const numbers = whole.flatMap(({ fields }) =>
          Object.values(fields).filter((value) => typeof value === 'number'),
        )
        const uids = JSON.stringify(whole.map(({ fields }) => fields))
        const cut = (CARRIERS[0] + message).slice(0, 40 + length)
        // A number at the end of a line may be whole: in some releases it is the last of the pairs.
        if (/(?:size|numErrs)=\d+$/.test(cut)) return
        for (const { fields } of factsOf([cut])) {
          for (const value of Object.values(fields))
            if (typeof value === 'number') expect(numbers).toContain(value)
          for (const [uid] of JSON.stringify(fields).matchAll(/"(?:uid|podUid|imageId)":"[^"]*"/g))
            expect(uids).toContain(uid)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('fold to the same in any order of files', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), fc.array(line, { maxLength: 5 }), (first, second) => {
        const a = factsOf(first, 'a')
        const b = factsOf(second, 'b')
        const ids = (facts: ReturnType<typeof factsOf>) =>
          foldFacts([], facts)
            .map(({ id, subject, count, at, firstAt, lastAt, raw, evidence }) =>
              JSON.stringify([id, subject, count, at, firstAt, lastAt, raw, evidence]),
            )
            .toSorted()
        expect(ids([...b, ...a])).toEqual(ids([...a, ...b]))
        expect(nodeDisk(foldFacts([], [...b, ...a]))).toBe(nodeDisk(foldFacts([], [...a, ...b])))
      }),
    )
  })

  it('make the same incidents in any order of files', () => {
    const incidents = (facts: ReturnType<typeof factsOf>) =>
      findIncidents({ facts: inOrder(withoutFirstStates(foldFacts([], facts))), imageNames: new Map() })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), fc.array(line, { maxLength: 5 }), (first, second) => {
        const a = factsOf(first, 'a')
        const b = factsOf(second, 'b')
        expect(incidents([...b, ...a])).toEqual(incidents([...a, ...b]))
      }),
    )
  })

  it('fold to the last instant that is known, whichever line comes first', () => {
    const undated = factsOf(
      [
        `${CARRIERS[0]}file.go:1] idle`,
        'Eviction manager: pod a_n(4b0e1a5f-0d0a-4e4a-8f7e-0a1b2c3d4e5f) is evicted successfully',
      ],
      'a',
    )
    const dated = factsOf(
      [
        'E1107 06:20:49.829886   13241 eviction_manager.go:576] eviction manager: pod a_n(4b0e1a5f-0d0a-4e4a-8f7e-0a1b2c3d4e5f) is evicted successfully',
      ],
      'b',
    )
    expect(undated.map(({ at }) => at)).toEqual([null])
    for (const order of [
      [...undated, ...dated],
      [...dated, ...undated],
    ]) {
      expect(foldFacts([], order)).toMatchObject([{ count: 2, lastAt: dated[0]?.at, at: dated[0]?.at }])
    }
  })

  it('are read from any text without an error', () => {
    const piece = fc.oneof(
      fc.constantFrom(...MESSAGES, ...CARRIERS, '{"MESSAGE":"', '=<', '\t', '```', '│', 'Events:', 'Name: x'),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(piece, { maxLength: 5 }).map((parts) => parts.join(''))), (lines) => {
        for (const fact of factsOf(lines)) expect(fact.raw.length).toBeLessThanOrEqual(2000)
      }),
      { numRuns: 300 },
    )
  })
})
