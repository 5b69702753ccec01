import { z } from 'zod'
import type { FoldedFact } from '../explain/facts/fact.ts'
import type { Language } from '../messages/language.ts'
import { say } from '../messages/message.ts'
import { formatInstant, type Instant } from '../units/instant.ts'
import type { Incident } from './incident.ts'
import { SEVERITIES } from './severity.ts'

const IsoInstant = z.string().nullable()
const Certainty = z.enum(['stated', 'inferred'])
const Position = z.object({ file: z.string(), line: z.number() })

/** A folded fact as `explain -o json` and the API write it (docs/facts.md). */
export const FactDocument = z.object({
  id: z.string(),
  at: IsoInstant,
  atText: z.string().nullable(),
  node: z.string().nullable(),
  source: Position,
  from: z.string(),
  fields: z.record(z.string(), z.unknown()),
  count: z.number(),
  firstAt: IsoInstant,
  lastAt: IsoInstant,
  raw: z.string(),
  evidence: z.array(Position),
})
export type FactDocument = z.infer<typeof FactDocument>

/** An incident as `explain -o json` and the API write it, in one language (docs/facts.md). */
export const IncidentDocument = z.object({
  id: z.string(),
  severity: z.enum(SEVERITIES),
  state: z.enum(['open', 'resolved']),
  openedAt: IsoInstant,
  updatedAt: IsoInstant,
  resolvedAt: IsoInstant,
  cause: z.object({
    id: z.string(),
    message: z.string(),
    certainty: Certainty,
    because: z.string().nullable(),
  }),
  chain: z.array(
    z.object({
      id: z.string(),
      at: IsoInstant,
      atText: z.string().nullable(),
      message: z.string(),
      because: z.string().nullable(),
      rule: z.string().nullable(),
      certainty: Certainty,
      facts: z.array(FactDocument),
    }),
  ),
  affected: z.object({
    images: z.array(z.string()),
    pods: z.array(z.string()),
    volumes: z.array(z.string()),
    nodes: z.array(z.string()),
  }),
  advice: z.array(z.string()),
})
export type IncidentDocument = z.infer<typeof IncidentDocument>

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
    chain: incident.chain.map((link) => ({
      id: link.id,
      at: iso(link.at),
      atText: link.atText,
      message: say(link.message, language),
      because: link.because && say(link.because, language),
      rule: link.rule,
      certainty: link.certainty,
      facts: link.facts.map(factDocument),
    })),
    affected: {
      images: [...incident.affected.images],
      pods: [...incident.affected.pods],
      volumes: [...incident.affected.volumes],
      nodes: [...incident.affected.nodes],
    },
    advice: incident.advice.map((advice) => say(advice, language)),
  }
}

function iso(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant)
}
