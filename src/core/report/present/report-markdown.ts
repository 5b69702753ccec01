import { escapeMarkdown, incidentMarkdown } from '../../explain/present/markdown.ts'
import { incidentReport } from '../../explain/present/report.ts'
import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { tellWord } from '../../messages/tell.ts'
import type { PatrolReport } from '../patrol-report.ts'
import type { Trend } from '../trend.ts'
import { fineWords } from './fine-words.ts'
import { resultWords, titleWords } from './head-words.ts'
import { nodeRows, rowHead } from './node-rows.ts'
import { objectsInWords, toldFindings } from './told-findings.ts'
import { trendWords } from './trend-words.ts'

const MOST_NAMED = 20

/** A patrol report as Markdown. `trend` is absent in the first one. */
export function reportMarkdown(report: PatrolReport, trend: Trend | undefined, language: Language): string {
  const heading = (key: 'report.nodes' | 'report.findings' | 'report.fine' | 'report.trend') =>
    `## ${say(message(key), language)}`
  const list = (sentences: readonly string[]) =>
    sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n')
  const table = [rowHead(language), rowHead(language).map(() => '---'), ...nodeRows(report, language)]
    .map((cells) => `| ${cells.map((cell) => (cell === '---' ? cell : escapeMarkdown(cell))).join(' | ')} |`)
    .join('\n')
  const findings = toldFindings(report.findings, language).map(
    ({ severity, objects, sentence }) =>
      `- **${tellWord(severity, language)}** ${escapeMarkdown(objectsInWords(objects, MOST_NAMED, language))}: ${escapeMarkdown(sentence)}`,
  )
  return `${[
    `# ${escapeMarkdown(titleWords(report, language))}`,
    ...resultWords(report, language).map(escapeMarkdown),
    heading('report.trend'),
    list(trendWords(trend, language)),
    heading('report.nodes'),
    table,
    ...report.incidents.map((incident) => incidentMarkdown(incidentReport(incident, language), language)),
    ...(findings.length > 0 ? [heading('report.findings'), findings.join('\n')] : []),
    heading('report.fine'),
    list(fineWords(report, language)),
  ].join('\n\n')}\n`
}
