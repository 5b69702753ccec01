import type { Severity } from '../../incident/severity.ts'
import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { tellWord } from '../../messages/tell.ts'
import { neutraliseText } from '../../tell/neutralise-text.ts'
import { wrapText } from '../../tell/wrap-text.ts'
import type { Explanation } from '../explanation.ts'
import { notesOf, reportOf, type IncidentReport } from './report.ts'

/** How a terminal emphasises; each gives back the text unchanged where there is no colour. */
export interface TextStyle {
  bold(text: string): string
  dim(text: string): string
  severity(severity: Severity, text: string): string
}

/** Breaks a text into lines, the first and the others indented by so much. */
export type Wrap = (text: string, indent?: string, hanging?: string) => string

export const plainStyle: TextStyle = {
  bold: (text) => text,
  dim: (text) => text,
  severity: (_, text) => text,
}

/** Stands for a blank while lines are broken; no text has it that was made harmless. */
const JOINT = '\u001f'
/** The blank between a number and its unit, at which no line is broken. */
const UNIT = /(?<=\d) (?=(?:%|[kMGTP]?B|s|min|h|d)(?![\w]))/g

/** An explanation to read on a terminal, so many columns wide. */
export function explanationText(
  explanation: Explanation,
  language: Language,
  style: TextStyle,
  columns = 80,
): string {
  const report = reportOf(explanation, language)
  const wrap: Wrap = (text, indent = '', hanging = indent) =>
    wrapText(neutraliseText(text).replace(UNIT, JOINT), columns, indent, hanging).replaceAll(JOINT, ' ')
  const blocks = [
    wrap(`${report.headline} ${report.nodeDisk}`),
    ...report.incidents.map((incident) => incidentText(incident, language, style, wrap)),
  ]
  for (const { heading, seen } of notesOf(report, language)) {
    const notes = seen.map(({ sentence, evidence }) => wrap(`- ${sentence} (${evidence})`, '  ', '    '))
    blocks.push([style.bold(heading), ...notes].join('\n'))
  }
  return `${blocks.join('\n\n')}\n`
}

/** An incident to read on a terminal. */
export function incidentText(
  report: IncidentReport,
  language: Language,
  style: TextStyle,
  wrap: Wrap,
): string {
  const { incident, title, because, steps, affected, advice } = report
  const words = [
    tellWord(incident.severity, language).toUpperCase(),
    tellWord(incident.state, language),
    incident.cause.id,
    tellWord(incident.cause.certainty, language),
  ]
  const lines = [style.severity(incident.severity, words.join('  ')), wrap(title)]
  if (because !== undefined) lines.push(style.dim(wrap(because)))
  lines.push('', style.bold(say(message('explain.what-happened'), language)))
  for (const step of steps) {
    lines.push(wrap(`${step.when}  ${step.sentence}`, '  ', '      '))
    if (step.because !== undefined) lines.push(style.dim(wrap(step.because, '      ')))
    lines.push(style.dim(wrap(step.evidence.join(', '), '      ')))
  }
  if (affected.length > 0) lines.push('', style.bold(say(message('explain.affected'), language)))
  for (const { label, names } of affected) lines.push(wrap(`${label}: ${names}`, '  ', '    '))
  lines.push('', style.bold(say(message('explain.what-to-do'), language)))
  lines.push(...advice.map((sentence, index) => wrap(`${index + 1}. ${sentence}`, '  ', '     ')))
  return lines.join('\n')
}
