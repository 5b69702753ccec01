import { isAtLeast, type Severity } from '../incident/severity.ts'
import { message } from '../messages/message.ts'
import type { Duration } from '../units/duration.ts'
import type { Instant } from '../units/instant.ts'
import type { IncidentChange } from './incident-change.ts'
import { joined, noticeOf, type Notice } from './notice.ts'

/** When that which comes and goes is told. Zero for both: every change is told at once. */
export interface FlapLimits {
  /** A trouble that came back is told of at most once in this time, until it has been steady for as long. */
  quietFor: Duration
  /** How long a trouble must be over before that is told; a kubelet holds DiskPressure as long. */
  settleFor: Duration
}

/** What was told of one cause on one node, over all the incidents that it makes as it comes and goes. */
export interface Trouble {
  /** The id of the first of those incidents. */
  thread: string
  /** What people were told last, and when. */
  told: Notice['incidents'][number]['state']
  toldAt: Instant
  worst: Severity
  /** How it is, and since when. */
  state: Trouble['told']
  since: Instant
  /** When it began, for the last `quietFor`. */
  openings: readonly Instant[]
  hasComeBack: boolean
  isFlapping: boolean
  /** What is not told yet. */
  held: Notice | null
}

/** What to tell of a trouble, and what to remember of it; null for nothing. */
export interface Step {
  trouble: Trouble | null
  notice: Notice | null
  /** It grew worse: nothing may hold this back. */
  escalates: boolean
}

/** So many beginnings within `quietFor` are told as flapping. */
const FLAPS = 3

/** What a change of an incident means for the trouble that it belongs to. */
export function changeTrouble(before: Trouble | undefined, change: IncidentChange, limits: FlapLimits): Step {
  const { at, kind, incident } = change
  const now = noticeOf(change)
  if (!before) return { trouble: begin(now, change), notice: now, escalates: false }
  const notice: Notice = { ...now, thread: before.thread, worst: worse(before.worst, now.severity) }
  const trouble: Trouble = {
    ...before,
    state: incident.state,
    since: incident.state === before.state ? before.since : at,
    openings: kind === 'opened' ? [...before.openings, at] : before.openings,
    hasComeBack: before.hasComeBack || (kind === 'opened' && limits.quietFor > 0),
    held: before.held ? joined(before.held, notice) : notice,
  }
  if (escalates(before, notice)) return { ...tell(trouble, at), escalates: true }
  const isNews = kind === 'changed' && before.told === 'open' && !trouble.hasComeBack
  return isNews ? tell(trouble, at) : passTime(trouble, at, limits)
}

/** What the passing of time means for a trouble: what was held back may be due by now, or of no interest any more. */
export function passTime(before: Trouble, at: Instant, limits: FlapLimits): Step {
  const isSteady = at - before.since >= limits.quietFor
  const trouble = forgetOld(before, at, limits, isSteady)
  const { openings } = trouble
  const isQuiet = at - trouble.toldAt >= limits.quietFor
  if (trouble.isFlapping || openings.length >= FLAPS) {
    if (!isQuiet) return wait(trouble)
    if (isSteady) return tell(trouble, at)
    return trouble.isFlapping ? wait(trouble) : tellFlapping(trouble, at)
  }
  if (trouble.told === 'resolved' && trouble.state === 'resolved') {
    return isQuiet && isSteady ? { ...wait(trouble), trouble: null } : wait(trouble)
  }
  if (trouble.held === null || (trouble.hasComeBack && !isQuiet)) return wait(trouble)
  const isSettled = trouble.state === 'open' || at - trouble.since >= limits.settleFor
  return isSettled ? tell(trouble, at) : wait(trouble)
}

function forgetOld(before: Trouble, at: Instant, { quietFor }: FlapLimits, isSteady: boolean): Trouble {
  const openings = before.openings.filter((opened) => at - opened < quietFor)
  const hasComeBack = before.hasComeBack && !isSteady
  const isSame = openings.length === before.openings.length && hasComeBack === before.hasComeBack
  return isSame ? before : { ...before, openings, hasComeBack }
}

function begin(notice: Notice, { at, kind, incident }: IncidentChange): Trouble {
  const { state } = incident
  return {
    thread: notice.thread,
    told: state,
    toldAt: at,
    worst: notice.worst,
    state,
    since: at,
    openings: kind === 'opened' ? [at] : [],
    hasComeBack: false,
    isFlapping: false,
    held: null,
  }
}

/** Worse than anything told, or critical while people take it to be over. */
function escalates({ worst, told }: Trouble, { severity, kind }: Notice): boolean {
  if (kind === 'resolved') return false
  return !isAtLeast(worst, severity) || (told === 'resolved' && severity === 'critical')
}

function worse(a: Severity, b: Severity): Severity {
  return isAtLeast(a, b) ? a : b
}

function wait(trouble: Trouble): Step {
  return { trouble, notice: null, escalates: false }
}

/** Tells what was held back; from then on it is what people know. */
function tell(trouble: Trouble, at: Instant): Step {
  const { held, state, openings, isFlapping } = trouble
  const told: Trouble = {
    ...trouble,
    told: state,
    toldAt: at,
    worst: held?.worst ?? trouble.worst,
    held: null,
    isFlapping: isFlapping && openings.length > 0,
  }
  const isKnown = held?.kind === 'opened' && trouble.told === 'open'
  return { trouble: told, notice: isKnown ? { ...held, kind: 'changed' } : held, escalates: false }
}

/** Tells once that a trouble comes and goes. */
function tellFlapping(trouble: Trouble, at: Instant): Step {
  const { held, openings } = trouble
  if (!held) return wait(trouble)
  const news = [message('tell.comes-and-goes', { times: openings.length, since: openings[0] ?? at })]
  const isOpen = trouble.state === 'open'
  const covers = isOpen ? [...held.covers, held.key] : held.covers
  const notice: Notice = { ...held, key: `${held.key}/flapping`, kind: 'flapping', at, news, covers }
  // Whether it is there just now changes by the minute: it counts as there, and its end is still to be told.
  const last = isOpen ? null : { ...held, covers: [] }
  const told: Trouble = { ...trouble, told: 'open', toldAt: at, isFlapping: true, held: last }
  return { trouble: told, notice, escalates: false }
}
