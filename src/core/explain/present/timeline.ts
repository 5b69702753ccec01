import type { ChainLink } from '../../incident/incident.ts'
import { formatInstant, formatTimeOfDay } from '../../units/instant.ts'

/** A picture with more rows than this shows the first of them. */
const MOST_ROWS = 40

/** What followed from what, along the time: one row a link, from its first statement to its last. */
export interface Timeline {
  /** When the first row begins and the last one ends, as text. */
  begin: string
  end: string
  rows: TimelineRow[]
}

/** From when to when something was stated, as shares of the whole. */
export interface TimelineRow {
  label: string
  at: string
  from: number
  to: number
  isWarning: boolean
}

/** Where the links of a chain are along the time; undefined when none has one. */
export function timelineOf(chain: readonly ChainLink[]): Timeline | undefined {
  const spans = chain.slice(0, MOST_ROWS).flatMap(spanOf)
  if (spans.length === 0) return undefined
  const begin = Math.min(...spans.map(({ from }) => from))
  const end = Math.max(...spans.map(({ to }) => to), begin + 1)
  const share = (order: number) => (order - begin) / (end - begin)
  return {
    begin: timeText(begin),
    end: timeText(end),
    rows: spans.map(({ id, from, to }) => ({
      label: id,
      at: timeText(from),
      from: share(from),
      to: share(to),
      isWarning: !isRelief(id),
    })),
  }
}

function spanOf({ id, at, facts }: ChainLink): { id: string; from: number; to: number }[] {
  const orders = facts.flatMap(({ order, lastOrder }) => [order, lastOrder])
  const from = at ?? orders[0]
  if (from === undefined || !Number.isFinite(from)) return []
  return [{ id, from: Math.min(from, ...orders), to: Math.max(from, ...orders) }]
}

function isRelief(id: string): boolean {
  return /-(?:cleared|succeeded|done)$/.test(id)
}

function timeText(order: number): string {
  return `${formatInstant(order).slice(5, 10)} ${formatTimeOfDay(order)}`
}
