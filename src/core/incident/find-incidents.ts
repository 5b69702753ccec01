import { shownMessage } from '../messages/shown-message.ts'
import { formatInstant, type Instant } from '../units/instant.ts'
import { adviceFor } from './advice.ts'
import { affectedBy } from './affected.ts'
import { causeStatement } from './cause-statement.ts'
import { chainLinks } from './chain-links.ts'
import { draftIncidents } from './draft-incidents.ts'
import type { IncidentEvidence } from './evidence.ts'
import { shortageOf, type IncidentDraft } from './incident-draft.ts'
import type { Incident } from './incident.ts'
import { severityOf, stateOf } from './state.ts'

/**
 * The incidents that facts and observations make: one first cause each, with what followed from it.
 * None where nothing is wrong. The latest first.
 */
export function findIncidents(evidence: IncidentEvidence): Incident[] {
  return draftIncidents(evidence)
    .map(incident)
    .toSorted((a, b) => (b.openedAt ?? 0) - (a.openedAt ?? 0) || a.id.localeCompare(b.id))
}

function incident(draft: IncidentDraft): Incident {
  const shortage = shortageOf(draft)
  const openedAt = shortage?.crossedAt ?? earliest(draft)
  const updatedAt = latest(draft)
  const affected = affectedBy(draft)
  const { message, certainty, because } = causeStatement(draft)
  const state = stateOf(draft)
  return {
    id: identify(draft, openedAt),
    severity: severityOf(draft),
    state,
    openedAt,
    updatedAt,
    resolvedAt: state === 'resolved' ? updatedAt : null,
    cause: {
      id: draft.cause,
      message: shownMessage(message),
      certainty,
      because: because && shownMessage(because),
    },
    chain: chainLinks(draft).map((link) => ({
      ...link,
      message: shownMessage(link.message),
      because: link.because && shownMessage(link.because),
    })),
    affected,
    advice: adviceFor(draft, affected).map(shownMessage),
  }
}

function earliest({ traced }: IncidentDraft): Instant | null {
  return traced.find(({ at }) => at !== null)?.at ?? null
}

function latest(draft: IncidentDraft): Instant | null {
  const instants = draft.traced.map(({ fact }) => fact.lastAt).filter((at) => at !== null)
  const shortage = shortageOf(draft)
  if (shortage) instants.push(shortage.recoveredAt ?? shortage.fall.to.at)
  return instants.length > 0 ? Math.max(...instants) : null
}

/** `disk-filled-lab-node-20261124T082225Z`: readable, fit for a URL, the same whenever it is found again. */
function identify({ cause, node, traced }: IncidentDraft, openedAt: Instant | null): string {
  const when =
    openedAt === null
      ? (traced[0]?.fact.atText ?? 'undated')
      : formatInstant(Math.floor(openedAt / 1000) * 1000)
  return [cause, node ?? 'node', when.replace(/[-:]/g, '')]
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
}
