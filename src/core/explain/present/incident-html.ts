import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { tellWord } from '../../messages/tell.ts'
import { escapeHtml } from './escape-html.ts'
import { htmlList, prose } from './html-page.ts'
import type { IncidentReport } from './report.ts'
import { timelineSvg } from './timeline-svg.ts'

/** An incident as HTML, with its timeline as a picture, under a heading of the second level. */
export function incidentHtml(report: IncidentReport, language: Language): string {
  const { incident, title, because, steps, affected, advice } = report
  const { cause, severity, state, chain } = incident
  const words = [severity, state, cause.certainty].map((word) => tellWord(word, language)).join(', ')
  const heading = (key: 'explain.what-happened' | 'explain.affected' | 'explain.what-to-do') =>
    `<h3>${say(message(key), language)}</h3>`
  return [
    `<section><h2><span class="${severity}">${escapeHtml(cause.id)}</span> <small>${words}</small></h2>`,
    `<p><strong>${prose(title)}</strong></p>`,
    ...(because === undefined ? [] : [`<p>${prose(because)}</p>`]),
    heading('explain.what-happened'),
    timelineSvg(chain, title),
    `<table>${steps.map(stepRow).join('\n')}</table>`,
    heading('explain.affected'),
    htmlList(affected.map(({ label, names }) => `${label}: ${names}`)),
    heading('explain.what-to-do'),
    `${htmlList(advice, 'ol')}</section>`,
  ].join('\n')
}

function stepRow({ when, sentence, because, evidence }: IncidentReport['steps'][number]): string {
  const dim = (markup: string) => `<div class="dim">${markup}</div>`
  const why = because === undefined ? '' : dim(prose(because))
  return `<tr><td class="when">${escapeHtml(when)}</td><td>${prose(sentence)}${why}${dim(escapeHtml(evidence.join(', ')))}</td></tr>`
}
