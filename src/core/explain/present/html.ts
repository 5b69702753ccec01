import type { Language } from '../../messages/language.ts'
import { say } from '../../messages/message.ts'
import type { Explanation } from '../explanation.ts'
import { htmlList, htmlPage, prose } from './html-page.ts'
import { incidentHtml } from './incident-html.ts'
import { notesOf, reportOf } from './report.ts'

/** An explanation as one HTML file: no script, nothing loaded from anywhere. */
export function explanationHtml(explanation: Explanation, language: Language): string {
  const report = reportOf(explanation, language)
  const failures = explanation.files.flatMap(({ error }) => (error ? say(error, language) : []))
  const body = [
    `<p>${prose(`${report.headline} ${report.nodeDisk}`)}</p>`,
    htmlList(failures),
    ...report.incidents.map((incident) => incidentHtml(incident, language)),
    ...notesOf(report, language).flatMap(({ heading, seen }) => [
      `<h2>${heading}</h2>`,
      htmlList(seen.map(({ sentence, evidence }) => `${sentence} (${evidence})`)),
    ]),
  ]
  return htmlPage('kubepatrol explain', body, language)
}
