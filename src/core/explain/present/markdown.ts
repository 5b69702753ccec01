import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { tellWord } from '../../messages/tell.ts'
import { neutraliseText } from '../../tell/neutralise-text.ts'
import type { Explanation } from '../explanation.ts'
import { notesOf, reportOf, type IncidentReport } from './report.ts'

/** An explanation as Markdown, for a ticket. */
export function explanationMarkdown(explanation: Explanation, language: Language): string {
  const report = reportOf(explanation, language)
  const blocks = [
    `# kubepatrol explain`,
    `${escapeMarkdown(report.headline)} ${escapeMarkdown(report.nodeDisk)}`,
  ]
  blocks.push(...report.incidents.map((incident) => incidentMarkdown(incident, language)))
  for (const { heading, seen } of notesOf(report, language)) {
    const notes = seen.map(
      ({ sentence, evidence }) => `- ${escapeMarkdown(sentence)} (${escapeMarkdown(evidence)})`,
    )
    blocks.push(`## ${heading}`, notes.join('\n'))
  }
  return `${blocks.join('\n\n')}\n`
}

/**
 * Text from a log or a cluster as it is, whatever Markdown, HTML or a mention it looks like. What
 * our own sentences put between backticks stays code.
 */
export function escapeMarkdown(text: string): string {
  return neutraliseText(text)
    .replace(/\n/g, ' ')
    .split(/(`[^`]+`)/)
    .map((part) =>
      /^`[^`]+`$/.test(part) ? part : part.replace(/[\\`*_[\]<>#|!~]/g, '\\$&').replace(/@/g, '@\u200b'),
    )
    .join('')
}

/** An incident as Markdown, under a heading of the second level. */
export function incidentMarkdown(report: IncidentReport, language: Language): string {
  const { incident, title, because, steps, affected, advice } = report
  const heading = `## ${incident.cause.id} (${tellWord(incident.severity, language)}, ${tellWord(incident.state, language)})`
  const cause = `**${escapeMarkdown(title)}** _(${tellWord(incident.cause.certainty, language)})_`
  const table = steps.map(({ when, sentence, because: why, evidence }) =>
    [when, sentence, why ?? '', evidence.join(', ')].map(escapeMarkdown).join(' | '),
  )
  return [
    heading,
    cause,
    ...(because === undefined ? [] : [escapeMarkdown(because)]),
    `### ${say(message('explain.what-happened'), language)}`,
    ['| | | | |', '|---|---|---|---|', ...table.map((row) => `| ${row} |`)].join('\n'),
    `### ${say(message('explain.affected'), language)}`,
    affected.map(({ label, names }) => `- ${label}: ${escapeMarkdown(names)}`).join('\n'),
    `### ${say(message('explain.what-to-do'), language)}`,
    advice.map((sentence, index) => `${index + 1}. ${escapeMarkdown(sentence)}`).join('\n'),
  ].join('\n\n')
}
