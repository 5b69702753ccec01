import { z } from '@hono/zod-openapi'
import { ACTION_KINDS } from '../core/forecast/simulation/action.ts'
import { IncidentDocument as Incident } from '../core/incident/incident-schema.ts'
import { SEVERITIES } from '../core/incident/severity.ts'
import {
  AgentDocument,
  ConsumersDocument,
  ImagesDocument,
  LeftBehindDocument,
  SeenPart,
} from './node-contract.ts'

/** What the lab simulates, and how fast. */
export const LabDocument = z
  .object({
    scenario: z.string(),
    scenarios: z.array(
      z.object({ id: z.string(), summary: z.object({ en: z.string(), 'zh-CN': z.string() }) }),
    ),
    startsAt: z.string(),
    /** Until when the scenario is worth watching; it goes on after that. */
    endsAt: z.string(),
    /** Times faster than life. */
    speed: z.number(),
    isPaused: z.boolean(),
  })
  .openapi('Lab')
export type LabDocument = z.infer<typeof LabDocument>

/** What is wanted of the lab. A scenario begins anew, also the one that runs. */
export const LabRequest = z
  .strictObject({
    scenario: z.string().max(100),
    speed: z.number().min(0.1).max(1000),
    isPaused: z.boolean(),
  })
  .partial()
  .openapi('LabRequest')
export type LabRequest = z.infer<typeof LabRequest>

/** What the patrol is doing. */
export const StatusDocument = z
  .object({
    version: z.string(),
    /** `replay`: a recording is played; `cluster`: a cluster is patrolled as it lives; `lab`: a simulated one. */
    mode: z.enum(['replay', 'cluster', 'lab']),
    /** What is patrolled: the recording's name, or the context and its server. */
    subject: z.string(),
    /** The instant the patrol has come to, in the subject's own time; null before the first round. */
    observedAt: z.string().nullable(),
    rounds: z.number(),
    /** How far a recording is played; null for a cluster. */
    replay: z
      .object({
        startsAt: z.string(),
        endsAt: z.string(),
        /** Times faster than life. */
        speed: z.number(),
        finished: z.boolean(),
      })
      .nullable(),
    /** What the lab simulates; null for what is no lab. */
    lab: LabDocument.nullable(),
  })
  .openapi('Status')
export type StatusDocument = z.infer<typeof StatusDocument>

/** A level of available bytes at which the kubelet does something. */
export const ThresholdDocument = z
  .object({
    /** `image-gc`, `nodefs.available`, `imagefs.available`, … */
    id: z.string(),
    kind: z.enum(['image-gc', 'hard', 'soft']),
    /** The kubelet acts when fewer bytes than this are available. */
    availableBytes: z.number(),
    /** The setting as configured, such as `12%`. */
    setting: z.string(),
    message: z.string(),
  })
  .openapi('Threshold')
export type ThresholdDocument = z.infer<typeof ThresholdDocument>

/** Something a detector found wrong with one object. */
export const FindingDocument = z
  .object({
    id: z.string(),
    reason: z.string(),
    severity: z.enum(SEVERITIES),
    object: z.object({ kind: z.string(), namespace: z.string().nullable(), name: z.string() }),
    node: z.string().nullable(),
    message: z.string(),
  })
  .openapi('Finding')
export type FindingDocument = z.infer<typeof FindingDocument>

/** What a filesystem holds: all of it, the kubelet's own data only, or the images only. */
export const Holds = z.enum(['all', 'kubelet-data', 'images'])

/** A filesystem of a node as it is now. */
export const DiskDocument = z
  .object({
    holds: Holds,
    capacityBytes: z.number(),
    availableBytes: z.number(),
    /** As image garbage collection counts it. */
    usedPercent: z.number().nullable(),
    /** Highest first. */
    thresholds: z.array(ThresholdDocument),
  })
  .openapi('Disk')
export type DiskDocument = z.infer<typeof DiskDocument>

/** A node, its disks now, and the levels at which its kubelet acts. */
export const NodeDocument = z
  .object({
    name: z.string(),
    kubeletVersion: z.string().nullable(),
    containerRuntimeVersion: z.string().nullable(),
    /** Whether its disks were seen in the last round. */
    isSeen: z.boolean(),
    /** When its disks were last seen. */
    lastSeenAt: z.string().nullable(),
    /** That of the kubelet's data first. */
    disks: z.array(DiskDocument),
    agent: AgentDocument,
    /** What is known of it, by whom and since when. */
    parts: z.array(SeenPart),
    /** Where the bytes are, filesystem by filesystem; empty while nothing is known. */
    consumers: z.array(ConsumersDocument),
    /** Null while none are listed, or who uses them is not known. */
    images: ImagesDocument.nullable(),
    /** Null where nobody on the node looked. */
    leftBehind: LeftBehindDocument.nullable(),
    /** About it and what is on it, the most severe first. */
    findings: z.array(FindingDocument),
    /** What could not be seen of it, and why, a sentence each. */
    gaps: z.array(z.string()),
  })
  .openapi('Node')
export type NodeDocument = z.infer<typeof NodeDocument>

const Readings = z.object({
  /** Unix seconds. */
  at: z.array(z.number()),
  availableBytes: z.array(z.number()),
})
/** A node's disk over time, column by column, oldest first. */
export const UsageDocument = z
  .object({
    node: z.string(),
    ...Readings.shape,
    /** Of the filesystem with the images; null where that is the kubelet's own. */
    images: Readings.nullable(),
  })
  .openapi('Usage')
export type UsageDocument = z.infer<typeof UsageDocument>

const Range = z.object({ p10: z.string().nullable(), p50: z.string().nullable(), p90: z.string().nullable() })
const Numbers = z.object({ min: z.number(), max: z.number() })
const Victim = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('image'),
    id: z.string(),
    name: z.string().optional(),
    sizeBytes: z.number().optional(),
  }),
  z.object({ kind: z.literal('pod'), namespace: z.string(), name: z.string(), uid: z.string() }),
  z.object({ kind: z.literal('container'), id: z.string(), name: z.string(), pod: z.string() }),
])

/** What will become of a node's disk; an instant that is not within the horizon is null. */
export const ForecastDocument = z
  .object({
    node: z.string(),
    madeAt: z.string(),
    horizonSeconds: z.number(),
    growth: z
      .object({
        kind: z.string(),
        bytesPerSecond: z.object({ p10: z.number(), p50: z.number(), p90: z.number() }),
      })
      .nullable(),
    /** Who grows, most first. */
    consumers: z.array(
      z.object({ name: z.string(), pod: z.string().nullable(), bytesPerSecond: z.number() }),
    ),
    /** The soonest first. */
    levels: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        unit: z.enum(['bytes', 'inodes']),
        below: z.number(),
        setting: z.string(),
        message: z.string(),
        at: Range,
      }),
    ),
    /** Available bytes, least, middle and most of what is expected, at instants in Unix seconds. */
    band: z.array(z.object({ at: z.number(), low: z.number(), middle: z.number(), high: z.number() })),
    /** What the kubelet will do, in order. */
    actions: z.array(
      z.object({
        at: Range,
        kind: z.enum(ACTION_KINDS),
        victims: z.array(Victim),
        victimSet: z.array(Victim),
        taken: Numbers.nullable(),
        wantedBytes: z.number().nullable(),
        freedBytes: Numbers.nullable(),
        why: z.string(),
      }),
    ),
    consequences: z.array(
      z.object({
        kind: z.string(),
        subject: z.string(),
        certainty: z.enum(['certain', 'possible']),
        message: z.string(),
        nodes: z.array(z.object({ nodes: z.array(z.string()), reason: z.string() })),
      }),
    ),
    gaps: z.array(z.string()),
  })
  .openapi('Forecast')
export type ForecastDocument = z.infer<typeof ForecastDocument>

/** A message that was told. */
export const ChangeDocument = z
  .object({
    key: z.string(),
    kind: z.enum(['opened', 'changed', 'resolved']),
    at: z.string(),
    incidentId: z.string(),
    severity: z.enum(SEVERITIES),
    message: z.string(),
  })
  .openapi('Change')
export type ChangeDocument = z.infer<typeof ChangeDocument>

/** A coded error. */
export const ErrorDocument = z.object({ code: z.string(), message: z.string() }).openapi('Error')

/** What a session is begun with. */
export const SessionRequest = z.object({ token: z.string() }).openapi('SessionRequest')

/** The data of a `round` event of the stream. */
export const RoundEvent = z.object({ round: z.number(), observedAt: z.string() }).openapi('Round')
export type RoundEvent = z.infer<typeof RoundEvent>

export const IncidentDocument = z.object(Incident.shape).openapi('Incident')
