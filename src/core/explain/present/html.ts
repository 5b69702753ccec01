import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import type { Explanation } from '../explanation.ts'
import { htmlList, htmlPage, prose } from './html-page.ts'
import { incidentHtml } from './incident-html.ts'
import { reportOf } from './report.ts'

/** An explanation as one HTML file: no script, nothing loaded from anywhere. */
export function explanationHtml(explanation: Explanation, language: Language): string {
  const report = reportOf(explanation, language)
  const failures = explanation.files.flatMap(({ error }) => (error ? say(error, language) : []))
  const noise = report.alsoSeen.map(({ sentence, evidence }) => `${sentence} (${evidence})`)
  const body = [
    `<p>${prose(`${report.headline} ${report.nodeDisk}`)}</p>`,
    htmlList(failures),
    ...report.incidents.map((incident) => incidentHtml(incident, language)),
    ...(noise.length > 0 ? [`<h2>${say(message('explain.also-seen'), language)}</h2>`, htmlList(noise)] : []),
  ]
  return htmlPage('kubepatrol explain', body, language)
}
