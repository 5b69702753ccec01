import type { ChainLink, Incident } from '../incident/incident.ts'
import { message } from '../messages/message.ts'
import type { IncidentChange } from '../tell/incident-change.ts'
import type { Duration } from '../units/duration.ts'
import { formatInstant, type Instant } from '../units/instant.ts'

/** An incident that came and went between two looks is news for so long. */
const RECENT: Duration = 10 * 60_000

/** What is worth telling of an incident: that it is new, that more followed from it or it grew worse, that it is over. */
export function changesOf(before: Incident | undefined, now: Incident, at: Instant): IncidentChange[] {
  if (!before && isHistory(now, at)) return []
  const kinds: IncidentChange['kind'][] = []
  if (!before) kinds.push('opened')
  if (now.state === 'resolved') kinds.push('resolved')
  else if (before && isTelling(before, now)) kinds.push('changed')
  const links = newLinks(before, now).map(({ message: sentence }) => sentence)
  const followed = before || now.chain[0]?.id !== now.cause.id ? links : links.slice(1)
  const news = {
    opened: [now.cause.message, ...followed],
    changed: followed,
    resolved: [message('tell.over')],
  }
  return kinds.map((kind) => ({
    key: `${now.id}/${kind}/${formatInstant(at)}`,
    kind,
    at,
    incident: now,
    news: news[kind],
  }))
}

/** Over before the patrol saw anything of it, and not just now. */
function isHistory({ state, updatedAt }: Incident, at: Instant): boolean {
  return state === 'resolved' && at - (updatedAt ?? at) > RECENT
}

/** The links that an incident has and did not have before: by id, and the how-manieth of that id it is. */
function newLinks(before: Incident | undefined, now: Incident): readonly ChainLink[] {
  const known = before?.chain ?? []
  return now.chain.filter((link, index) => ordinal(now.chain, link.id, index) > count(known, link.id))
}

function isTelling(before: Incident, now: Incident): boolean {
  return before.severity !== now.severity || newLinks(before, now).length > 0
}

function ordinal(chain: readonly ChainLink[], id: string, index: number): number {
  return count(chain.slice(0, index + 1), id)
}

function count(chain: readonly ChainLink[], id: string): number {
  return chain.filter((link) => link.id === id).length
}
