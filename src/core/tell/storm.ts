import { isAtLeast, type Severity } from '../incident/severity.ts'
import { message } from '../messages/message.ts'
import type { Duration } from '../units/duration.ts'
import type { Instant } from '../units/instant.ts'
import { joined, type Notice } from './notice.ts'

/** How many troubles are told one by one. */
export interface StormLimits {
  /** At most so many threads are told by themselves … */
  mostThreads: number
  /** … within this time; the others are told together. */
  within: Duration
}

/** What is known of many things happening at once. */
export interface Storm {
  /** The threads told by themselves of late, and when first. */
  single: readonly { thread: string; at: Instant }[]
  /** What waits to be told together. */
  waiting: readonly Notice[]
  /** When something was told together last. */
  groupedAt: Instant | null
}

export const noStorm: Storm = { single: [], waiting: [], groupedAt: null }

const MOST_GROUPED = 200
const MOST_WAITING = 5000

/** A notice, and whether it has to pass whatever happens. */
export interface Due {
  notice: Notice
  escalates: boolean
}

/** Lets the first notices through, the worst of them first, and puts the rest together: at most one group in `within`. */
export function limitStorm(before: Storm, due: readonly Due[], at: Instant, limits: StormLimits) {
  const single = before.single.filter((told) => at - told.at < limits.within)
  let waiting = before.waiting
  const passed: Notice[] = []
  for (const { notice, escalates } of due.toSorted(worstFirst)) {
    const isKnown = single.some(({ thread }) => thread === notice.thread)
    if (!isKnown && !escalates && single.length >= limits.mostThreads) waiting = [...waiting, notice]
    else {
      const earlier = waiting.filter(({ thread }) => thread === notice.thread)
      waiting = waiting.filter(({ thread }) => thread !== notice.thread)
      passed.push([...earlier, notice].reduce(joined))
      if (!isKnown && !escalates) single.push({ thread: notice.thread, at })
    }
  }
  const isDue = before.groupedAt === null || at - before.groupedAt >= limits.within
  if (waiting.length === 0) return { notices: passed, storm: quiet(before, single, isDue) }
  if (!isDue) return { notices: passed, storm: { ...before, single, waiting: waiting.slice(-MOST_WAITING) } }
  const grouped = group(waiting, at)
  return { notices: [...passed, grouped], storm: { single, waiting: [], groupedAt: at } }
}

/** Nothing changes, so that nothing has to be kept, when nothing happens. */
function quiet(before: Storm, single: Storm['single'], isOver: boolean): Storm {
  const isSame =
    single.length === before.single.length && single.every((told) => before.single.includes(told))
  if (isSame && (!isOver || before.groupedAt === null)) return before
  return { single, waiting: [], groupedAt: isOver ? null : before.groupedAt }
}

/** One notice for many. */
export function group(notices: readonly Notice[], at: Instant): Notice {
  const incidents = notices.flatMap((notice) => notice.incidents)
  const latest = [...new Map(incidents.map((incident) => [incident.id, incident])).values()]
  const open = latest.filter(({ state }) => state === 'open')
  const worst = notices.map((notice) => notice.worst).reduce(worseOf, 'info')
  const nodes = [...new Set(latest.flatMap((incident) => incident.nodes))]
  const key = `group/${at}/${notices.at(-1)?.key ?? ''}`
  return {
    key,
    kind: 'grouped',
    at,
    thread: key,
    severity: worst,
    worst,
    incidents: latest.toSorted(worstIncidentFirst).slice(0, MOST_GROUPED),
    news: [
      message('tell.many-at-once', { count: latest.length, open: open.length, nodes: nodes.slice(0, 50) }),
    ],
    covers: notices.flatMap((notice) => [...notice.covers, notice.key]),
  }
}

function worseOf(a: Severity, b: Severity): Severity {
  return isAtLeast(a, b) ? a : b
}

function worstFirst(a: Due, b: Due): number {
  return rank(b.notice.severity) - rank(a.notice.severity)
}

function worstIncidentFirst(a: Notice['incidents'][number], b: Notice['incidents'][number]): number {
  return rank(b.severity) - rank(a.severity)
}

function rank(severity: Severity): number {
  return ['info', 'warning', 'critical'].indexOf(severity)
}
