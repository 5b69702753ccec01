import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { columnsOf, wrapText } from '../../tell/wrap-text.ts'
import { formatBytes } from '../../units/bytes.ts'
import { consumerName } from './consumer-name.ts'
import type { DiskAttribution, DiskConsumer } from './disk-attribution.ts'

/** Named consumers of a kind that a terminal shows. */
const MOST_SHOWN = 5
const BAR = 20
const FIGURES = 10 + 6

/** Where the bytes of filesystems are, to read on a terminal so many columns wide. */
export function attributionText(
  disks: readonly DiskAttribution[],
  language: Language,
  columns: number,
): string {
  if (disks.length === 0) return `${say(message('disk.unknown'), language)}\n`
  return disks.map((disk) => `${diskLines(disk, language, columns).join('\n')}\n`).join('\n')
}

function diskLines(disk: DiskAttribution, language: Language, columns: number): string[] {
  const { consumers, ...figures } = disk
  const width = Math.max(20, columns - BAR - FIGURES - 4)
  const line = (consumer: DiskConsumer, indent: string) => {
    const share = figures.usedBytes === 0 ? 0 : consumer.bytes / figures.usedBytes
    const name = consumerName(consumer)
    const label = fitted(indent + (typeof name === 'string' ? name : say(name, language)), width)
    // What a kind is made of has no bar: the eye compares kinds.
    const bar = indent === '  ' ? '█'.repeat(barOf(share)) : ''
    return `${label}  ${bar.padEnd(BAR)}${formatBytes(consumer.bytes).padStart(10)}${percent(share).padStart(6)}`
  }
  return [
    wrapText(say(message('disk.title', figures), language), columns, '', '  '),
    ...consumers.flatMap(({ consumers: named = [], ...kind }) => [
      line(kind, '  '),
      ...folded(named).map((one) => line(one, '    ')),
    ]),
  ]
}

/** The largest, and the others as one. */
function folded(named: readonly DiskConsumer[]): readonly DiskConsumer[] {
  if (named.length <= MOST_SHOWN) return named
  const rest = named.slice(MOST_SHOWN)
  const bytes = rest.reduce((sum, one) => sum + one.bytes, 0)
  const count = rest.reduce((sum, one) => sum + (one.count ?? 1), 0)
  return [...named.slice(0, MOST_SHOWN), { kind: 'others', bytes, count }]
}

function barOf(share: number): number {
  return Math.max(0, Math.min(BAR, Math.round(share * BAR)))
}

function percent(share: number): string {
  const rounded = Math.round(share * 100)
  return share > 0 && rounded === 0 ? '<1 %' : `${rounded} %`
}

/** Cut or filled up to so many columns; of a long name the end tells more than the beginning. */
function fitted(text: string, width: number): string {
  const indent = /^ */.exec(text)?.[0] ?? ''
  let name = text
  for (let rest = text.trimStart(); columnsOf(name) > width;) {
    rest = rest.replace(/^./su, '')
    name = `${indent}…${rest}`
  }
  return name + ' '.repeat(width - columnsOf(name))
}
