import { escapeHtml } from '../../explain/present/escape-html.ts'
import { incidentReport, type IncidentReport } from '../../explain/present/report.ts'
import { referenceText } from '../../kubernetes/object-reference.ts'
import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { tellWord } from '../../messages/tell.ts'
import { shown } from '../../tell/shown-text.ts'
import type { PatrolReport } from '../patrol-report.ts'
import type { Trend } from '../trend.ts'
import { diskBar } from './disk-bar.ts'
import { fineWords } from './fine-words.ts'
import { headWords, titleWords } from './head-words.ts'
import { rowHead, rowsOf } from './node-rows.ts'
import { trendWords } from './trend-words.ts'

const STYLE = `:root{color-scheme:light dark;--critical:#c92a2a;--warning:#b35900;--info:#1864ab;--good:#2b8a3e;--dim:#6b7280;--line:#8884}
@media (prefers-color-scheme:dark){:root{--critical:#ff8787;--warning:#ffa94d;--info:#74c0fc;--good:#69db7c;--dim:#9ca3af}}
body{font:15px/1.5 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
h2{margin-top:2.2rem;border-bottom:1px solid var(--line)}table{border-collapse:collapse;width:100%}
th{text-align:left;font-weight:600}td,th{padding:.35rem .7rem .35rem 0;border-top:1px solid var(--line);vertical-align:top}td{overflow-wrap:anywhere}
.number{text-align:right;white-space:nowrap}.critical{color:var(--critical)}.warning{color:var(--warning)}.info{color:var(--info)}.fine{color:var(--good)}.dim{color:var(--dim)}
svg{display:block;width:9rem;height:.9rem}svg .used{fill:var(--info);opacity:.75}svg .crossed{fill:var(--critical)}svg .tick{stroke:currentColor;stroke-width:.6}svg .room{fill:var(--line)}`

/** A patrol report as one HTML file: no script, nothing loaded from anywhere. `trend` is absent in the first one. */
export function reportHtml(report: PatrolReport, trend: Trend | undefined, language: Language): string {
  const heading = (
    key: 'report.nodes' | 'report.findings' | 'report.fine' | 'report.trend' | 'report.incidents',
  ) => `<h2>${say(message(key), language)}</h2>`
  const list = (sentences: readonly string[]) =>
    `<ul>${sentences.map((sentence) => `<li>${prose(sentence)}</li>`).join('')}</ul>`
  const title = escapeHtml(titleWords(report, language))
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${title}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${title}</h1>`,
    ...headWords(report, language).map((sentence) => `<p>${prose(sentence)}</p>`),
    heading('report.trend'),
    list(trendWords(trend, language)),
    heading('report.nodes'),
    nodeTable(report, language),
    ...(report.incidents.length > 0 ? [heading('report.incidents')] : []),
    ...report.incidents.map((incident) => incidentHtml(incidentReport(incident, language), language)),
    ...findings(report, language, heading('report.findings')),
    heading('report.fine'),
    list(fineWords(report, language)),
    '</main></body></html>',
    '',
  ].join('\n')
}

function nodeTable({ nodes, madeAt }: PatrolReport, language: Language): string {
  const [name, used, free, next, state] = rowHead(language).map(escapeHtml)
  const rows = nodes.flatMap((node) =>
    rowsOf(node, madeAt, language).map((row, index) => {
      const [rowName, rowUsed, rowFree, rowNext, rowState] = row.map(escapeHtml)
      const tone = node.worst ?? (node.isSeen ? 'fine' : 'dim')
      return `<tr><th scope="row">${rowName}</th><td>${diskBar(node.disks[index])}</td><td class="number">${rowUsed}</td><td class="number">${rowFree}</td><td>${rowNext}</td><td class="${tone}">${rowState}</td></tr>`
    }),
  )
  return `<table><thead><tr><th>${name}</th><td></td><th class="number">${used}</th><th class="number">${free}</th><th>${next}</th><th>${state}</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`
}

function incidentHtml(
  { incident, title, because, steps, affected, advice }: IncidentReport,
  language: Language,
): string {
  const { cause, severity, state } = incident
  const heading = (key: 'explain.what-happened' | 'explain.affected' | 'explain.what-to-do') =>
    `<h4>${say(message(key), language)}</h4>`
  return [
    `<section><h3 class="${severity}">${escapeHtml(cause.id)} <small>${tellWord(severity, language)}, ${tellWord(state, language)}</small></h3>`,
    `<p><strong>${prose(title)}</strong></p>`,
    ...(because === undefined ? [] : [`<p>${prose(because)}</p>`]),
    heading('explain.what-happened'),
    `<table>${steps.map(({ when, sentence }) => `<tr><td class="dim">${escapeHtml(when)}</td><td>${prose(sentence)}</td></tr>`).join('\n')}</table>`,
    heading('explain.affected'),
    `<ul>${affected.map(({ label, names }) => `<li>${escapeHtml(label)}: ${prose(names)}</li>`).join('')}</ul>`,
    heading('explain.what-to-do'),
    `<ol>${advice.map((sentence) => `<li>${prose(sentence)}</li>`).join('')}</ol></section>`,
  ].join('\n')
}

function findings(report: PatrolReport, language: Language, heading: string): string[] {
  if (report.findings.length === 0) return []
  const rows = report.findings.map(
    ({ severity, object, message: sentence }) =>
      `<tr><td class="${severity}">${tellWord(severity, language)}</td><td>${escapeHtml(shown(referenceText(object), 200))}</td><td>${prose(say(sentence, language))}</td></tr>`,
  )
  return [heading, `<table>${rows.join('\n')}</table>`]
}

/** A sentence of ours, in which what stands between backticks is code. */
function prose(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}
