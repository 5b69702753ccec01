import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { tellWord } from '../../messages/tell.ts'
import type { Explanation } from '../explanation.ts'
import { escapeHtml } from './escape-html.ts'
import { reportOf, type IncidentReport } from './report.ts'
import { timelineSvg } from './timeline-svg.ts'

const STYLE = `:root{color-scheme:light dark;--bad:#c92a2a;--good:#2b8a3e;--dim:#868e96;--line:#8884}
body{font:15px/1.5 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}
h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}h2 small{font-weight:400;color:var(--dim);font-size:.6em}
svg{width:100%;font:12px system-ui,sans-serif;fill:currentColor;margin:.5rem 0}svg .at{fill:var(--dim)}svg .end{text-anchor:end}
svg .axis{stroke:var(--line)}svg line.bad{stroke:var(--bad);stroke-width:4;stroke-linecap:round;opacity:.5}svg line.good{stroke:var(--good);stroke-width:4;stroke-linecap:round;opacity:.5}
svg circle.bad{fill:var(--bad)}svg circle.good{fill:var(--good)}
table{border-collapse:collapse;width:100%}td{vertical-align:top;padding:.3rem .6rem .3rem 0;border-top:1px solid var(--line)}
td:first-child{white-space:nowrap}.dim{color:var(--dim);overflow-wrap:anywhere}code{overflow-wrap:anywhere}`

/** An explanation as one HTML file: no script, nothing loaded from anywhere. */
export function explanationHtml(explanation: Explanation, language: Language): string {
  const report = reportOf(explanation, language)
  const noise = report.alsoSeen.map(
    ({ sentence, evidence }) =>
      `<li>${prose(sentence)} <span class="dim">${escapeHtml(evidence)}</span></li>`,
  )
  const failures = explanation.files.flatMap(({ error }) =>
    error ? [`<li>${prose(say(error, language))}</li>`] : [],
  )
  return [
    `<!doctype html>`,
    `<html lang="${language}">`,
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>kubepatrol explain</title><style>${STYLE}</style></head>`,
    `<body><h1>kubepatrol explain</h1>`,
    `<p>${prose(`${report.headline} ${report.nodeDisk}`)}</p>`,
    ...(failures.length > 0 ? [`<ul>${failures.join('')}</ul>`] : []),
    ...report.incidents.map((incident) => incidentHtml(incident, language)),
    ...(noise.length > 0
      ? [`<h2>${say(message('explain.also-seen'), language)}</h2><ul>${noise.join('')}</ul>`]
      : []),
    `</body></html>`,
    '',
  ].join('\n')
}

function incidentHtml(
  { incident, title, because, steps, affected, advice }: IncidentReport,
  language: Language,
): string {
  const { cause, severity, state, chain } = incident
  const words = [severity, state, cause.certainty].map((word) => tellWord(word, language)).join(', ')
  const rows = steps.map(
    (step) =>
      `<tr><td>${escapeHtml(step.when)}</td><td>${prose(step.sentence)}${step.because === undefined ? '' : `<div class="dim">${prose(step.because)}</div>`}<div class="dim">${escapeHtml(step.evidence.join(', '))}</div></td></tr>`,
  )
  const heading = (key: 'explain.what-happened' | 'explain.affected' | 'explain.what-to-do') =>
    `<h3>${say(message(key), language)}</h3>`
  return [
    `<section><h2>${escapeHtml(cause.id)} <small>${words}</small></h2>`,
    `<p><strong>${prose(title)}</strong></p>`,
    ...(because === undefined ? [] : [`<p>${prose(because)}</p>`]),
    heading('explain.what-happened'),
    timelineSvg(chain, title),
    `<table>${rows.join('\n')}</table>`,
    heading('explain.affected'),
    `<ul>${affected.map(({ label, names }) => `<li>${escapeHtml(label)}: ${prose(names)}</li>`).join('')}</ul>`,
    heading('explain.what-to-do'),
    `<ol>${advice.map((sentence) => `<li>${prose(sentence)}</li>`).join('')}</ol></section>`,
  ].join('\n')
}

/** A sentence of ours, in which what stands between backticks is code. */
function prose(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}
