import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { messageNumbers, PASSED_OVER } from '../../src/core/explain/passed-over.ts'
import { patternFamilies } from '../../src/core/explain/patterns/index.ts'

const semantics = await readFile('docs/kubelet-semantics.md', 'utf8')
const [, messages = '', events = ''] =
  /## 8\. [^]*?### 8\.2 Messages([^]*?)\n## 9\. Events([^]*?)\n## 10\. /.exec(semantics) ?? []
const titles = await titlesOfTests('src/core')
const patterns = patternFamilies.flatMap((family) => family.patterns)

describe('the message catalogue', () => {
  const read = new Set(patterns.flatMap(messageNumbers))
  const passedOver = PASSED_OVER.flatMap((entry) => entry.messages)
  const numbers = [...messages.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number))

  it('is there', () => {
    expect(numbers.length).toBeGreaterThan(100)
  })

  it.each(numbers)('#%d is read by a pattern, or passed over with a reason, not both', (number) => {
    expect([read.has(number), passedOver.includes(number)].filter(Boolean)).toHaveLength(1)
  })
})

describe('the events', () => {
  const passedOver = new Set(PASSED_OVER.flatMap((entry) => entry.events))
  const readReasons = patterns
    .flatMap(({ forms }) => forms)
    .flatMap((form) => ('reason' in form ? [form.reason] : []))
  // Told by what they say, whatever their reason.
  const readByMessage = [
    'Failed',
    'BackOff',
    'FailedMount',
    'FailedAttachVolume',
    'FailedMapVolume',
    'FailedScheduling',
    'NodeHasNoDiskPressure',
  ]
  const reasons = [...events.matchAll(/^\| ([A-Z][\w /-]+?) \|/gm)].flatMap(([, cell = '']) =>
    cell.split(' / '),
  )

  it('are there', () => {
    expect(reasons.length).toBeGreaterThan(40)
  })

  it.each([...new Set(reasons)])('%s is read, or passed over with a reason', (reason) => {
    const isRead = readReasons.some((known) => known.test(reason)) || readByMessage.includes(reason)
    expect(isRead || passedOver.has(reason)).toBe(true)
  })
})

describe('the rules of the kubelet (§1 to §6)', () => {
  const chapters = semantics.split(/^## (?=\d)/m).filter((chapter) => /^[1-6]\. /.test(chapter))
  /** Those with a table or with worked examples. */
  const sections = chapters
    .flatMap((chapter) => chapter.split(/^### (?=\d)/m))
    .filter((section) => /^\d+\.\d+ /.test(section) && /^\||^\*\*[A-Z]\. /m.test(section))
    .map((section) => /^\d+\.\d+/.exec(section)?.[0] ?? '')

  it('are there', () => {
    expect(sections.length).toBeGreaterThan(30)
  })

  it.each(sections)('§%s is named by a test', (section) => {
    expect(titles.some((title) => new RegExp(`§${section.replace('.', '\\.')}(?!\\d)`).test(title))).toBe(
      true,
    )
  })

  it.each('ABCDEFGHIJ'.split(''))('worked example %s of §3.13 is a test', (letter) => {
    expect(titles.some((title) => new RegExp(`^(?:worked example )?${letter}\\b`).test(title))).toBe(true)
  })
})

/** What the tests under a directory are called, and the groups they are in. */
async function titlesOfTests(directory: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true })
  const tests = await Promise.all(
    names.filter((name) => name.endsWith('.test.ts')).map((name) => readFile(join(directory, name), 'utf8')),
  )
  const title = /(?:\b(?:describe|it|test)\(|\)\(|^ *\[?|^ +)(['"`])(.{1,300}?)\1/gm
  return tests.flatMap((text) => [...text.matchAll(title)].map(([, , name = '']) => name))
}
