import type { Finding } from '../../core/detect/finding.ts'
import type { Incident } from '../../core/incident/incident.ts'
import type { Language } from '../../core/messages/language.ts'
import { say, type Message } from '../../core/messages/message.ts'
import type { Delivery } from '../../core/tell/delivery.ts'
import type { IncidentChange } from '../../core/tell/incident-change.ts'
import { formatInstant, type Instant } from '../../core/units/instant.ts'
import type { FindingDocument } from '../contract.ts'
import type { DeliveryDocument, IncidentRow } from '../list-contract.ts'

const MOST_NODES = 20

/** A finding as the contract has it. */
export function findingDocument(finding: Finding, language: Language): FindingDocument {
  const { id, reason, severity, object, node = null, message } = finding
  const { kind, namespace = null, name } = object
  return { id, reason, severity, object: { kind, namespace, name }, node, message: say(message, language) }
}

/** What a list says of an incident. */
export function incidentRow(incident: Incident, language: Language): IncidentRow {
  const { id, severity, state, openedAt, resolvedAt, cause, affected } = incident
  return {
    id,
    severity,
    state,
    openedAt: iso(openedAt),
    resolvedAt: iso(resolvedAt),
    cause: cause.id,
    message: say(cause.message, language),
    nodes: affected.nodes.slice(0, MOST_NODES),
  }
}

/** A delivery as the contract has it. */
export function deliveryDocument(delivery: Delivery, language: Language): DeliveryDocument {
  const { channel, notice, state, attempts, createdAt, dueAt, deliveredAt, failure } = delivery
  const { key, kind, severity, incidents, news } = notice
  const [first] = incidents
  const sentences = news.length > 0 ? news : first ? [first.cause.message] : []
  return {
    key,
    channel,
    kind,
    severity,
    incidentId: first?.id ?? null,
    message: sentences.map((sentence) => say(sentence, language)).join(' '),
    state,
    attempts,
    createdAt: formatInstant(createdAt),
    dueAt: state === 'waiting' ? formatInstant(dueAt) : null,
    deliveredAt: iso(deliveredAt),
    failure: failure && say(failure, language),
  }
}

function iso(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}

/** What was told of a change. Of what incident, where that is not in its news: it is over, or is only worse or better. */
export function changeSentences({ kind, news, incident }: IncidentChange): readonly Message[] {
  return kind === 'resolved' || news.length === 0 ? [...news, incident.cause.message] : news
}
