import { readFile } from 'node:fs/promises'
import { benchSearch } from './explain/search-speed.ts'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { createFramer } from '../src/core/explain/frame/framer.ts'
import { patternFamilies } from '../src/core/explain/patterns/index.ts'
import { readFacts } from '../src/core/explain/read-facts.ts'

// What a recorded log costs to read, beside a plain search for one word in it; and what the worst line that
// can be made of known messages costs, beside an ordinary line of the same length. Ratios of one run.

const LINE = 65_536

function read(lines: readonly string[]): number {
  const begunAt = performance.now()
  const framer = createFramer({ file: 'log', year: 2026 })
  for (const line of lines) for (const record of framer.push(line)) readFacts(record)
  for (const record of framer.end()) readFacts(record)
  return performance.now() - begunAt
}

function best(times: number, measure: () => number): number {
  return Math.min(...Array.from({ length: times }, measure))
}

const log = (await promisify(gunzip)(await readFile('recordings/never-used-first/kubelet.log.gz'))).toString()
const lines = log.split('\n')
const reading = best(5, () => read(lines))
const searching = best(5, () => {
  const begunAt = performance.now()
  lines.filter((line) => line.includes('image_gc_manager'))
  return performance.now() - begunAt
})
console.log(
  `recorded log: ${(log.length / 1e6 / (reading / 1000)).toFixed(0)} MB/s, ${(reading / searching).toFixed(0)} times a plain search`,
)

const messages = patternFamilies.flatMap(({ patterns }) =>
  patterns.flatMap(({ examples, nearMisses }) => [...examples.map(({ message }) => message), ...nearMisses]),
)
const repeat = (text: string) => text.repeat(Math.ceil(LINE / Math.max(1, text.length))).slice(0, LINE)
const worsen = [
  (text: string) => repeat(text),
  (text: string) => text.slice(0, text.length * 0.7) + repeat('a'),
  (text: string) => text.slice(0, text.length * 0.7) + repeat(' "'),
  (text: string) => text.slice(0, text.length / 2) + repeat(text.slice(text.length * 0.3, text.length * 0.7)),
]
const header = 'E1107 06:20:49.829886   13241 file.go:1] '
const ordinary = best(5, () => read([header + repeat('nothing to see here ')]))
let worst = { cost: 0, line: '' }
for (const message of messages) {
  for (const make of worsen) {
    const line = header + make(message)
    const cost = read([line])
    if (cost > worst.cost) worst = { cost, line: line.slice(0, 120) }
  }
}
console.log(
  `worst hostile line: ${(worst.cost / ordinary).toFixed(0)} times an ordinary one of its length (${worst.line} …)`,
)

await benchSearch()
