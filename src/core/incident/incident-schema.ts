import { z } from 'zod'
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
