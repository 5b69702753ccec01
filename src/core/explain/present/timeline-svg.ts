import type { ChainLink } from '../../incident/incident.ts'
import { formatInstant, formatTimeOfDay } from '../../units/instant.ts'
import { escapeHtml } from './escape-html.ts'

const WIDTH = 760
const ROW = 22
const LABEL = 250
const TOP = 26
const RIGHT = 14
/** A picture with more rows than this shows the first of them. */
const MOST_ROWS = 40
const MOST_LABEL = 38

/** A row of the picture: from when to when something was stated. */
interface Row {
  label: string
  from: number
  to: number
  isWarning: boolean
}

/** What followed from what as a picture: one row a link, from its first statement to its last. Empty when nothing has a time. */
export function timelineSvg(chain: readonly ChainLink[], title: string): string {
  const rows = chain.slice(0, MOST_ROWS).flatMap(rowOf)
  if (rows.length === 0) return ''
  const begin = Math.min(...rows.map(({ from }) => from))
  const end = Math.max(...rows.map(({ to }) => to), begin + 1)
  const place = (order: number) => LABEL + ((order - begin) / (end - begin)) * (WIDTH - LABEL - RIGHT)
  const height = TOP + rows.length * ROW + 6
  const bars = rows.map((row, index) => bar(row, TOP + index * ROW + ROW / 2, place))
  return [
    `<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(title)}">`,
    `<text class="at" x="${LABEL}" y="14">${timeText(begin)}</text>`,
    `<text class="at end" x="${WIDTH - RIGHT}" y="14">${timeText(end)}</text>`,
    `<line class="axis" x1="${LABEL}" y1="${TOP - 6}" x2="${WIDTH - RIGHT}" y2="${TOP - 6}"/>`,
    ...bars,
    '</svg>',
  ].join('\n')
}

function rowOf({ id, at, facts }: ChainLink): Row[] {
  const orders = facts.flatMap(({ order, lastOrder }) => [order, lastOrder])
  const from = at ?? orders[0]
  if (from === undefined || !Number.isFinite(from)) return []
  return [
    { label: id, from: Math.min(from, ...orders), to: Math.max(from, ...orders), isWarning: !isRelief(id) },
  ]
}

function isRelief(id: string): boolean {
  return /-(?:cleared|succeeded|done)$/.test(id)
}

function bar({ label, from, to, isWarning }: Row, y: number, place: (order: number) => number): string {
  const [x1, x2] = [place(from).toFixed(1), place(to).toFixed(1)]
  const kind = isWarning ? 'bad' : 'good'
  return [
    `<text x="0" y="${y + 4}">${escapeHtml(label.slice(0, MOST_LABEL))}</text>`,
    `<line class="${kind}" x1="${x1}" y1="${y}" x2="${x2}" y2="${y}"/>`,
    `<circle class="${kind}" cx="${x1}" cy="${y}" r="4"><title>${escapeHtml(`${label}: ${timeText(from)}`)}</title></circle>`,
  ].join('')
}

function timeText(order: number): string {
  return `${formatInstant(order).slice(5, 10)} ${formatTimeOfDay(order)}`
}
