import type { ChainLink } from '../../incident/incident.ts'
import { escapeHtml } from './escape-html.ts'
import { timelineOf, type TimelineRow } from './timeline.ts'

const WIDTH = 760
const ROW = 22
const LABEL = 250
const TOP = 26
const RIGHT = 14
const MOST_LABEL = 38

/** A timeline as a picture. Empty when nothing has a time. */
export function timelineSvg(chain: readonly ChainLink[], title: string): string {
  const timeline = timelineOf(chain)
  if (!timeline) return ''
  const { begin, end, rows } = timeline
  const height = TOP + rows.length * ROW + 6
  return [
    `<svg class="timeline" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(title)}">`,
    `<text class="at" x="${LABEL}" y="14">${begin}</text>`,
    `<text class="at end" x="${WIDTH - RIGHT}" y="14">${end}</text>`,
    `<line class="axis" x1="${LABEL}" y1="${TOP - 6}" x2="${WIDTH - RIGHT}" y2="${TOP - 6}"/>`,
    ...rows.map((row, index) => bar(row, TOP + index * ROW + ROW / 2)),
    '</svg>',
  ].join('\n')
}

function bar({ label, at, from, to, isWarning }: TimelineRow, y: number): string {
  const place = (share: number) => (LABEL + share * (WIDTH - LABEL - RIGHT)).toFixed(1)
  const [x1, x2] = [place(from), place(to)]
  const kind = isWarning ? 'bad' : 'good'
  return [
    `<text x="0" y="${y + 4}">${escapeHtml(label.slice(0, MOST_LABEL))}</text>`,
    `<line class="${kind}" x1="${x1}" y1="${y}" x2="${x2}" y2="${y}"/>`,
    `<circle class="${kind}" cx="${x1}" cy="${y}" r="4"><title>${escapeHtml(`${label}: ${at}`)}</title></circle>`,
  ].join('')
}
