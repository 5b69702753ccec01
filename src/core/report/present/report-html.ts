import { escapeHtml } from '../../explain/present/escape-html.ts'
import { htmlList, htmlPage, prose } from '../../explain/present/html-page.ts'
import { incidentHtml } from '../../explain/present/incident-html.ts'
import { incidentReport } from '../../explain/present/report.ts'
import type { Language } from '../../messages/language.ts'
import { message, say } from '../../messages/message.ts'
import { tellWord } from '../../messages/tell.ts'
import type { PatrolReport } from '../patrol-report.ts'
import type { Trend } from '../trend.ts'
import { diskBar } from './disk-bar.ts'
import { fineWords } from './fine-words.ts'
import { resultWords, titleWords } from './head-words.ts'
import { rowHead, rowsOf } from './node-rows.ts'
import { objectsInWords, toldFindings } from './told-findings.ts'
import { trendWords } from './trend-words.ts'

const MOST_NAMED = 20

/** A patrol report as one HTML file: no script, nothing loaded from anywhere. `trend` is absent in the first one. */
export function reportHtml(report: PatrolReport, trend: Trend | undefined, language: Language): string {
  const heading = (key: 'report.nodes' | 'report.findings' | 'report.fine' | 'report.trend') =>
    `<h2>${say(message(key), language)}</h2>`
  const body = [
    ...resultWords(report, language).map((sentence) => `<p>${prose(sentence)}</p>`),
    heading('report.trend'),
    htmlList(trendWords(trend, language)),
    heading('report.nodes'),
    nodeTable(report, language),
    ...report.incidents.map((incident) => incidentHtml(incidentReport(incident, language), language)),
    ...findings(report, language, heading('report.findings')),
    heading('report.fine'),
    htmlList(fineWords(report, language)),
  ]
  return htmlPage(titleWords(report, language), body, language)
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
  return `<table class="nodes"><thead><tr><th>${name}</th><td></td><th class="number">${used}</th><th class="number">${free}</th><th>${next}</th><th>${state}</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`
}

function findings(report: PatrolReport, language: Language, heading: string): string[] {
  if (report.findings.length === 0) return []
  const rows = toldFindings(report.findings, language).map(
    ({ severity, objects, sentence }) =>
      `<tr><td class="${severity}">${tellWord(severity, language)}</td><td>${escapeHtml(objectsInWords(objects, MOST_NAMED, language))}</td><td>${prose(sentence)}</td></tr>`,
  )
  return [heading, `<table>${rows.join('\n')}</table>`]
}
