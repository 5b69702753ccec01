import type { Incident } from '../incident/incident.ts'
import type { Severity } from '../incident/severity.ts'
import type { Message } from '../messages/message.ts'
import type { Instant } from '../units/instant.ts'
import type { IncidentChange } from './incident-change.ts'

/** What a message says of an incident: no chain, no log lines, and lists of a bounded length. */
export interface BriefIncident {
  id: string
  severity: Severity
  state: Incident['state']
  openedAt: Instant | null
  resolvedAt: Instant | null
  cause: { id: Incident['cause']['id']; message: Message }
  nodes: readonly string[]
  /** Of the pods and claims that it affects; complete, for routes ask for them. */
  namespaces: readonly string[]
  pods: readonly string[]
  images: readonly string[]
  volumes: readonly string[]
  advice: readonly Message[]
}

/** Something to tell people: plain data that can be kept, sent and sent again. */
export interface Notice {
  /** Unique and stable: whoever receives a notice twice sees the same key. */
  key: string
  /** `flapping`: it comes and goes. `grouped`: many at once. `test`: asked for by a person. */
  kind: IncidentChange['kind'] | 'flapping' | 'grouped' | 'test'
  at: Instant
  /** What belongs together: all notices of one incident have the same. */
  thread: string
  /** How bad it is now. */
  severity: Severity
  /** The worst that was told in this thread, this notice included. */
  worst: Severity
  /** One; several when grouped; none in a test. */
  incidents: readonly BriefIncident[]
  /** What is new, a sentence each. */
  news: readonly Message[]
  /** The keys of earlier notices that this one says as well, because there were too many to send each. */
  covers: readonly string[]
}

const MOST_NAMES = 20
const MOST_ADVICE = 5
const MOST_NEWS = 20
const MOST_COVERED = 1000

/** The notice that tells a change as it is. */
export function noticeOf({ key, kind, at, incident, news }: IncidentChange): Notice {
  const { id, severity } = incident
  const told = news.slice(0, MOST_NEWS)
  const incidents = [briefOf(incident)]
  return { key, kind, at, thread: id, severity, worst: severity, incidents, news: told, covers: [] }
}

/** The later of two notices of a thread, telling what the earlier one would have told as well. */
export function joined(earlier: Notice, later: Notice): Notice {
  const isStillNew = earlier.kind === 'opened' && later.kind === 'changed'
  // How it began anew says all; what came before that is over.
  const before = later.kind === 'opened' ? [] : earlier.news
  return {
    ...later,
    kind: isStillNew ? 'opened' : later.kind,
    news: [...before, ...later.news].slice(-MOST_NEWS),
    covers: [...earlier.covers, earlier.key, ...later.covers].slice(-MOST_COVERED),
  }
}

/** What a message says of an incident. */
export function briefOf({
  id,
  severity,
  state,
  openedAt,
  resolvedAt,
  cause,
  affected,
  advice,
}: Incident): BriefIncident {
  const { pods, volumes, images, nodes } = affected
  const namespaces = new Set([...pods, ...volumes].map((name) => name.split('/')[0] ?? ''))
  return {
    id,
    severity,
    state,
    openedAt,
    resolvedAt,
    cause: { id: cause.id, message: cause.message },
    nodes: nodes.slice(0, MOST_NAMES),
    namespaces: [...namespaces],
    pods: pods.slice(0, MOST_NAMES),
    images: images.slice(0, MOST_NAMES),
    volumes: volumes.slice(0, MOST_NAMES),
    advice: advice.slice(0, MOST_ADVICE),
  }
}
