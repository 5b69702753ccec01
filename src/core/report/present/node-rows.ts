import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { tellWord } from '../../messages/tell.ts'
import { shown } from '../../tell/shown-text.ts'
import { formatBytes } from '../../units/bytes.ts'
import type { Instant } from '../../units/instant.ts'
import type { NodeReport } from '../node-report.ts'
import type { PatrolReport } from '../patrol-report.ts'
import { nextWords } from './next-words.ts'

/** A row of the table of nodes. */
export type NodeRow = readonly [name: string, used: string, free: string, next: string, state: string]

/** The head of the table of nodes. */
export function rowHead(language: Language): NodeRow {
  return [
    say(message('report.column.node'), language),
    say(message('report.column.used'), language),
    say(message('report.column.free'), language),
    say(message('report.column.next'), language),
    say(message('report.column.state'), language),
  ]
}

/** The rows of all nodes. */
export function nodeRows({ nodes, madeAt }: PatrolReport, language: Language): NodeRow[] {
  return nodes.flatMap((node) => rowsOf(node, madeAt, language))
}

/** A row a filesystem; the images' own under the kubelet's. */
export function rowsOf(node: NodeReport, madeAt: Instant, language: Language): NodeRow[] {
  const state = node.worst
    ? tellWord(node.worst, language)
    : say(message(node.isSeen ? 'report.state.fine' : 'report.state.unseen'), language)
  const disks = node.disks.length > 0 ? node.disks : [undefined]
  return disks.map((disk) => {
    const isImages = disk?.holds === 'images'
    return [
      isImages ? `  ${say(message('report.disk.images'), language)}` : shown(node.name, 253),
      disk && disk.usedPercent !== null ? `${disk.usedPercent} %` : '—',
      disk ? formatBytes(disk.availableBytes) : '—',
      nextWords(node, disk, madeAt, language),
      isImages ? '' : state,
    ]
  })
}
