import { z } from '@hono/zod-openapi'
import { CONSUMER_KINDS } from '../core/observe/attribution/disk-attribution.ts'

/** Whether a node has an agent that hands over what it sees, and when it was heard last. */
export const AgentDocument = z
  .object({ state: z.enum(['none', 'heard', 'silent']), heardAt: z.string().nullable() })
  .openapi('Agent')
export type AgentDocument = z.infer<typeof AgentDocument>

/** A part of what is known of a node: who saw it, where it was read, and when. */
export const SeenPart = z
  .object({
    part: z.enum(['space', 'usage', 'settings', 'images', 'containers', 'bytes', 'orphans', 'pods']),
    by: z.enum(['agent', 'outside']),
    source: z.string(),
    observedAt: z.string(),
  })
  .openapi('SeenPart')
export type SeenPart = z.infer<typeof SeenPart>

const Consumed = z.object({
  label: z.string(),
  bytes: z.number(),
  /** Negative for who shrinks; null where too little is known. */
  bytesPerSecond: z.number().nullable(),
})
const ConsumedByPod = Consumed.extend({ consumers: z.array(Consumed) })

/** Where the bytes of a filesystem are: kinds, below them pods, below them containers and volumes. They add up to those in use. */
export const ConsumersDocument = z
  .object({
    mountPoint: z.string(),
    observedAt: z.string(),
    /** Whether every byte was looked for on the node; else it is what the kubelet counts. */
    isWalked: z.boolean(),
    capacityBytes: z.number(),
    usedBytes: z.number(),
    /** Free, but kept for root. */
    reservedBytes: z.number(),
    availableBytes: z.number(),
    message: z.string(),
    /** What else there is to know. */
    note: z.string().nullable(),
    /** The largest first, the remainder last. */
    consumers: z.array(Consumed.extend({ kind: z.enum(CONSUMER_KINDS), consumers: z.array(ConsumedByPod) })),
  })
  .openapi('Consumers')
export type ConsumersDocument = z.infer<typeof ConsumersDocument>

/** The first few of a list, and how many there are. */
const Few = z.object({ named: z.array(z.string()), count: z.number() })

/** The images of a node and what would become of them. */
export const ImagesDocument = z
  .object({
    total: z.number(),
    atRisk: z.number(),
    /** Of those at risk, as far as it is known. */
    atRiskBytes: z.number(),
    /** Those at risk first, then the largest; no more than a few hundred. */
    items: z.array(
      z.object({
        name: z.string(),
        otherNames: z.number(),
        /** What its removal frees where that is known, else the size that the runtime reports. */
        bytes: z.number().nullable(),
        areFreed: z.boolean(),
        isPinned: z.boolean(),
        /** Spared by the kubelet, whatever happens. */
        isKept: z.boolean(),
        isAtRisk: z.boolean(),
        pullable: z.enum(['yes', 'no', 'unknown']),
        why: z.string(),
        checkedAt: z.string().nullable(),
        lastUsedAt: z.string().nullable(),
        usedBy: Few,
      }),
    ),
  })
  .openapi('Images')
export type ImagesDocument = z.infer<typeof ImagesDocument>

/** Directories of pods without a sandbox, and what holds each. */
export const LeftBehindDocument = z
  .object({
    total: z.number(),
    items: z.array(
      z.object({
        path: z.string(),
        bytes: z.number().nullable(),
        mounts: Few,
        processes: Few,
        data: Few,
      }),
    ),
  })
  .openapi('LeftBehind')
export type LeftBehindDocument = z.infer<typeof LeftBehindDocument>
