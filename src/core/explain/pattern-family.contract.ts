import { describe, expect, it } from 'vitest'
import { createFramer } from './frame/framer.ts'
import type { PatternFamily } from './pattern-family.ts'
import { readFacts } from './read-facts.ts'

/** The ways a message of the kubelet reaches a log; it has to state the same in each. */
const CARRIERS: Readonly<Record<string, (message: string) => string>> = {
  klog: (message) => `E1107 06:20:49.829886   13241 some_file.go:113] ${message}`,
  syslog: (message) =>
    `Nov  7 06:20:49 node-1 kubelet: E1107 06:20:49.829886   13241 some_file.go:113] ${message}`,
  journal: (message) =>
    `Nov 07 06:20:49 node-1 kubelet[13241]: E1107 06:20:49.829886   13241 some_file.go:113] ${message}`,
  'tag only': (message) => `kubelet[13241]: ${message}`,
}

function factsOf(line: string) {
  const framer = createFramer({ file: 'log', year: 2020 })
  return [...framer.push(line), ...framer.end()].flatMap(readFacts)
}

/** What every family of patterns has to keep: its examples state what they say, its near misses nothing. */
export function testPatternFamily({ id, patterns }: PatternFamily): void {
  describe(`patterns: ${id}`, () => {
    for (const { examples, nearMisses } of patterns) {
      for (const { message, states, fields } of examples) {
        it.each(Object.entries(CARRIERS))(`${message.slice(0, 60)} (%s)`, (_, carry) => {
          const facts = factsOf(carry(message))
          expect(facts.map((fact) => fact.id)).toEqual(states)
          if (fields) expect(facts[0]?.fields).toEqual(fields)
        })
      }
      for (const message of nearMisses) {
        const stated = new Set(examples.flatMap(({ states }) => states))
        it.each(Object.entries(CARRIERS))(`near miss: ${message.slice(0, 60)} (%s)`, (_, carry) => {
          expect(factsOf(carry(message)).filter((fact) => stated.has(fact.id))).toEqual([])
        })
      }
    }
    it('has an example and a near miss for every message of a log', () => {
      const ofLogs = patterns.filter(({ forms }) => forms.some((form) => !('reason' in form)))
      for (const { semantics, examples, nearMisses } of ofLogs) {
        expect.soft(examples.length, semantics).toBeGreaterThan(0)
        expect.soft(nearMisses.length, semantics).toBeGreaterThan(0)
      }
    })
  })
}
