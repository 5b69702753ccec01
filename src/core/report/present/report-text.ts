import { incidentReport } from '../../explain/present/report.ts'
import { incidentText, type TextStyle, type Wrap } from '../../explain/present/text.ts'
import type { Language } from '../../messages/language.ts'
import { message, say, type Message } from '../../messages/message.ts'
import { tellWord } from '../../messages/tell.ts'
import { neutraliseText } from '../../tell/neutralise-text.ts'
import { columnsOf, wrapText } from '../../tell/wrap-text.ts'
import type { PatrolReport } from '../patrol-report.ts'
import { resultWords, titleWords } from './head-words.ts'
import { rowHead, rowsOf, type NodeRow } from './node-rows.ts'
import { objectsInWords, toldFindings, type ToldFinding } from './told-findings.ts'

const MOST_NODES = 20
const MOST_FINDINGS = 40
const MOST_NAMED = 4

/** A report of a patrol to read on a terminal, so many columns wide. */
export function reportText(report: PatrolReport, language: Language, style: TextStyle, columns = 80): string {
  const wrap: Wrap = (text, indent = '', hanging = indent) =>
    wrapText(neutraliseText(text), columns, indent, hanging)
  const title = (sentence: Message) => style.bold(say(sentence, language))
  const { incidents } = report
  const findings = toldFindings(report.findings, language)
  const [made = '', result = ''] = resultWords(report, language)
  const head = [`${titleWords(report, language)}, ${made}`, result]
  const blocks = [head.map((line) => wrap(line)).join('\n')]
  if (report.nodes.length > 0) blocks.push(nodeTable(report, language, style, columns))
  for (const incident of incidents) {
    blocks.push(incidentText(incidentReport(incident, language), language, style, wrap))
  }
  if (findings.length > 0) {
    const more = findings.length - MOST_FINDINGS
    const rest = more > 0 ? [wrap(say(message('report.more-findings', { more }), language), '  ')] : []
    const told = findings
      .slice(0, MOST_FINDINGS)
      .map((finding) => findingText(finding, language, style, wrap))
    blocks.push([title(message('report.findings')), ...told, ...rest].join('\n'))
  }
  return `${blocks.join('\n\n')}\n`
}

function findingText(
  { severity, sentence, objects }: ToldFinding,
  language: Language,
  style: TextStyle,
  wrap: Wrap,
): string {
  const word = tellWord(severity, language)
  const indent = ' '.repeat(columnsOf(word) + 2)
  const named = wrap(objectsInWords(objects, MOST_NAMED, language), indent).trimStart()
  return `${style.severity(severity, word)}  ${named}\n${wrap(sentence, '  ')}`
}

function nodeTable(report: PatrolReport, language: Language, style: TextStyle, columns: number): string {
  const { nodes, madeAt } = report
  const head = rowHead(language)
  const told = nodes.slice(0, MOST_NODES)
  const rows = told.flatMap((node) => rowsOf(node, madeAt, language).map((row) => ({ node, row })))
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows.map(({ row }) => row)].map((row) => columnsOf(row[column] ?? ''))),
  )
  const [name = 0, used = 0, free = 0, , state = 0] = widths
  const nameWidth = Math.min(name, Math.max(12, columns - 62))
  const nextWidth = Math.max(20, columns - nameWidth - used - free - state - 8)
  const line = (row: NodeRow, painted: (text: string) => string) => {
    const next = wrapText(row[3], nextWidth).split('\n')
    const cells = [cut(row[0], nameWidth), padStart(row[1], used), padStart(row[2], free)]
    return next
      .map((piece, index) =>
        index === 0
          ? [
              ...cells.map((cell, at) => pad(cell, [nameWidth, used, free][at] ?? 0)),
              pad(piece, nextWidth),
              painted(row[4]),
            ].join('  ')
          : `${' '.repeat(nameWidth + used + free + 6)}${piece}`,
      )
      .map((text) => text.trimEnd())
      .join('\n')
  }
  const more = nodes.length - told.length
  return [
    style.bold(line(head, (text) => text)),
    ...rows.map(({ node, row }) =>
      line(row, (text) => (node.worst ? style.severity(node.worst, text) : text)),
    ),
    ...(more > 0 ? [say(message('report.more-nodes', { more }), language)] : []),
  ].join('\n')
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)))
}

function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - columnsOf(text))) + text
}

function cut(text: string, width: number): string {
  return columnsOf(text) <= width ? text : `${text.slice(0, width - 1)}…`
}
