import type { Language } from '../../messages/language.ts'
import { message, say, type Message } from '../../messages/message.ts'
import { columnsOf } from '../../tell/wrap-text.ts'
import { formatBytes } from '../../units/bytes.ts'
import { formatInstant, type Instant } from '../../units/instant.ts'
import type { ActionKind, Range, SimulatedAction } from '../simulation/action.ts'

/** What is compared of two simulations, a row each: both as text, so that a person sees the difference. */
export function comparisonText(
  one: readonly SimulatedAction[],
  other: readonly SimulatedAction[],
  language: Language,
): string {
  const sentence = (title: Message) => say(title, language)
  const rows = [
    ['', sentence(message('simulate.compare.one')), sentence(message('simulate.compare.other'))],
    ...ROWS.map(({ title, of }) => [
      sentence(message(title)),
      ...[one, other].map((actions) => of(actions, language)),
    ]),
  ]
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => columnsOf(row[column] ?? ''))))
  const padded = (cell: string, column: number) =>
    cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - columnsOf(cell)))
  return `${rows.map((row) => row.map(padded).join('  ').trimEnd()).join('\n')}\n`
}

interface Row {
  title:
    | 'simulate.compare.image-gc'
    | 'simulate.compare.pressure'
    | 'simulate.compare.eviction'
    | 'simulate.compare.images'
    | 'simulate.compare.pods'
    | 'simulate.compare.freed'
  of: (actions: readonly SimulatedAction[], language: Language) => string
}

const ROWS: readonly Row[] = [
  { title: 'simulate.compare.image-gc', of: firstOf('image-gc', 'image-gc-failed') },
  { title: 'simulate.compare.pressure', of: firstOf('pressure') },
  { title: 'simulate.compare.eviction', of: firstOf('evict-pod') },
  { title: 'simulate.compare.images', of: taken('image') },
  { title: 'simulate.compare.pods', of: taken('pod') },
  { title: 'simulate.compare.freed', of: freed },
]

function firstOf(...kinds: ActionKind[]): Row['of'] {
  return (actions, language) => {
    const first = actions.find(({ kind }) => kinds.includes(kind))
    return first ? clock(first.at) : say(message('simulate.compare.never'), language)
  }
}

/** How many images went, or pods were evicted; a refused pod is not taken. */
function taken(what: 'image' | 'pod'): Row['of'] {
  return (actions) => {
    const counts = actions
      .filter(({ kind }) => kind !== 'reject-pod')
      .map(({ victims, victimSet, taken: some = { min: 0, max: 0 } }): Range => {
        const certain = victims.filter(({ kind }) => kind === what).length
        const isSet = victimSet.some(({ kind }) => kind === what)
        return isSet ? { min: certain + some.min, max: certain + some.max } : { min: certain, max: certain }
      })
    const { min, max } = sum(counts)
    return min === max ? String(min) : `${min}–${max}`
  }
}

function freed(actions: readonly SimulatedAction[]): string {
  const { min, max } = sum(actions.flatMap(({ freedBytes }) => freedBytes ?? []))
  return min === max ? formatBytes(min) : `${formatBytes(min)} – ${formatBytes(max)}`
}

function sum(ranges: readonly Range[]): Range {
  return ranges.reduce((total, { min, max }) => ({ min: total.min + min, max: total.max + max }), {
    min: 0,
    max: 0,
  })
}

function clock(at: Instant): string {
  return formatInstant(Math.floor(at / 1000) * 1000)
    .replace('T', ' ')
    .replace('Z', '')
}
