import { z } from '@hono/zod-openapi'
import { SEVERITIES } from '../core/incident/severity.ts'
import { ChangeDocument, FindingDocument, Holds } from './contract.ts'

const Severity = z.enum(SEVERITIES)
const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })
const bounded = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    /** How many there are, also where fewer are listed. */
    total: z.number(),
  })

/** What comes next for a disk. */
export const NextDocument = z
  .object({
    /** A level is crossed; expected by growth at an instant; ahead by so many bytes; its settings are not known; it was not seen. */
    kind: z.enum(['crossed', 'expected', 'ahead', 'unknown', 'unseen']),
    level: z.string().nullable(),
    at: z.string().nullable(),
    marginBytes: z.number().nullable(),
  })
  .openapi('Next')
export type NextDocument = z.infer<typeof NextDocument>

/** A node as a row of the fleet. */
export const NodeRow = z
  .object({
    name: z.string(),
    /** The worst of its open incidents and findings. */
    worst: Severity.nullable(),
    isSeen: z.boolean(),
    lastSeenAt: z.string().nullable(),
    disks: z.array(
      z.object({
        holds: Holds,
        capacityBytes: z.number(),
        availableBytes: z.number(),
        usedPercent: z.number().nullable(),
        levels: z.array(z.object({ kind: z.enum(['image-gc', 'hard', 'soft']), availableBytes: z.number() })),
        next: NextDocument,
      }),
    ),
  })
  .openapi('NodeRow')
export type NodeRow = z.infer<typeof NodeRow>

/** An incident as a row of a list. */
export const IncidentRow = z
  .object({
    id: z.string(),
    severity: Severity,
    state: z.enum(['open', 'resolved']),
    openedAt: z.string().nullable(),
    resolvedAt: z.string().nullable(),
    cause: z.string(),
    message: z.string(),
    nodes: z.array(z.string()),
  })
  .openapi('IncidentRow')
export type IncidentRow = z.infer<typeof IncidentRow>

/** A notice on its way through one channel. */
export const DeliveryDocument = z
  .object({
    key: z.string(),
    channel: z.string(),
    kind: z.enum(['opened', 'changed', 'resolved', 'flapping', 'grouped', 'test']),
    severity: Severity,
    /** The first incident it tells of; null in a test. */
    incidentId: z.string().nullable(),
    message: z.string(),
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.number(),
    createdAt: z.string(),
    /** When it is tried again; null when it is not. */
    dueAt: z.string().nullable(),
    deliveredAt: z.string().nullable(),
    /** Why the last attempt failed. */
    failure: z.string().nullable(),
  })
  .openapi('Delivery')
export type DeliveryDocument = z.infer<typeof DeliveryDocument>

/** The sick first, then by how soon the kubelet acts. */
export const NodeList = list(NodeRow)
export const ChangeList = list(ChangeDocument)
export const DeliveryList = list(DeliveryDocument)
export const IncidentList = bounded(IncidentRow)
export const FindingList = bounded(FindingDocument)
