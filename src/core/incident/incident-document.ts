import type { FoldedFact } from '../explain/facts/fact.ts'
import type { Language } from '../messages/language.ts'
import { say } from '../messages/message.ts'
import { formatInstant, type Instant } from '../units/instant.ts'
import type { ChainLink, Incident } from './incident.ts'
import type { FactDocument, IncidentDocument } from './incident-schema.ts'

// The schemas are apart: who only writes documents, as `explain` does, need not load what checks them.
export type { FactDocument, IncidentDocument }

/** Writes a folded fact in the form of the JSON contract. */
export function factDocument(fact: FoldedFact): FactDocument {
  return {
    id: fact.id,
    at: iso(fact.at),
    atText: fact.atText,
    node: fact.node,
    source: fact.source,
    from: fact.from,
    fields: { ...fact.fields },
    count: fact.count,
    firstAt: iso(fact.firstAt),
    lastAt: iso(fact.lastAt),
    raw: fact.raw,
    evidence: fact.evidence.map(({ file, line }) => ({ file, line })),
  }
}

/** Writes an incident in the form of the JSON contract, its sentences in a language. */
export function incidentDocument(incident: Incident, language: Language): IncidentDocument {
  const { cause } = incident
  return {
    id: incident.id,
    severity: incident.severity,
    state: incident.state,
    openedAt: iso(incident.openedAt),
    updatedAt: iso(incident.updatedAt),
    resolvedAt: iso(incident.resolvedAt),
    cause: {
      id: cause.id,
      message: say(cause.message, language),
      certainty: cause.certainty,
      because: cause.because && say(cause.because, language),
    },
    chain: incident.chain.map((link) => linkDocument(link, language)),
    affected: {
      images: [...incident.affected.images],
      pods: [...incident.affected.pods],
      volumes: [...incident.affected.volumes],
      nodes: [...incident.affected.nodes],
    },
    advice: incident.advice.map((advice) => say(advice, language)),
  }
}

/** Writes a link of an incident's chain in the form of the JSON contract. */
export function linkDocument(link: ChainLink, language: Language): IncidentDocument['chain'][number] {
  return {
    id: link.id,
    at: iso(link.at),
    atText: link.atText,
    message: say(link.message, language),
    because: link.because && say(link.because, language),
    rule: link.rule,
    certainty: link.certainty,
    facts: link.facts.map(factDocument),
  }
}

function iso(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant)
}
