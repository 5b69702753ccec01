import { z } from 'zod'
import { FACT_IDS } from '../explain/facts/vocabulary.ts'
import { KubeletConfiguration } from '../kubernetes/kubelet-configuration.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import { DiskAttributionSchema } from './attribution/attribution-schema.ts'
import { GAP_REASONS } from './gap.ts'
import { PULLABLE_REASONS } from './pullability.ts'
import type { Observation } from './observation.ts'
import { KEEPERS } from './read-only-disk.ts'

/** What a saved observation says of itself. */
const HEADER = { apiVersion: 'kubepatrol.io/v1alpha1', kind: 'Observation' } as const

const part = <T extends z.ZodType>(value: T) =>
  z.object({ value, source: z.string(), observedAt: z.number(), seenBy: z.literal('agent').optional() })
const objects = <T extends z.ZodType>(schema: T) => part(z.array(schema)).optional()

const Settings = z
  .object({ problems: z.array(z.object({ field: z.string(), value: z.string() })).optional() })
  .loose()
  // What could not be read is no longer there: it was noted when it was read.
  .transform((saved) => {
    const { problems, ...fields } = saved
    return { ...KubeletConfiguration.parse(fields), ...(problems && problems.length > 0 ? { problems } : {}) }
  })

const Reading = z.object({
  at: z.number(),
  capacityBytes: z.number(),
  availableBytes: z.number(),
  usedBytes: z.number(),
  inodes: z.number(),
  inodesFree: z.number(),
})

const Named = z.object({ name: z.string() })
const PodUsage = z.object({
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  logsBytes: z.number(),
  rootfsBytes: z.number(),
  localVolumesBytes: z.number(),
  containers: z.array(Named.extend({ logsBytes: z.number(), rootfsBytes: z.number() })).optional(),
  localVolumes: z.array(Named.extend({ usedBytes: z.number() })).optional(),
  inodes: z.number().optional(),
})
const Summary = z.object({
  pods: z.array(PodUsage),
  claimFilesystems: z
    .array(z.object({ claim: z.string(), capacityBytes: z.number(), inodes: z.number() }))
    .optional(),
  imageFsUsedBytes: z.number().optional(),
  isSingleFilesystem: z.boolean().optional(),
  imageFs: z
    .object({
      capacityBytes: z.number(),
      availableBytes: z.number(),
      inodes: z.number().optional(),
      inodesFree: z.number().optional(),
    })
    .optional(),
})

const PodReference = z.object({
  namespace: z.string().optional(),
  name: z.string().optional(),
  uid: z.string().optional(),
})
const FieldValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string()),
  z.array(PodReference),
  PodReference,
])
const Fact = z.object({
  id: z.enum(FACT_IDS),
  at: z.number().nullable(),
  atText: z.string().nullable(),
  order: z.number(),
  isCoarse: z.boolean(),
  last: z.object({ at: z.number(), order: z.number() }).optional(),
  node: z.string().nullable(),
  source: z.object({ file: z.string(), line: z.number() }),
  from: z.enum(['kubelet', 'containerd', 'docker', 'kernel', 'events', 'unknown']),
  fields: z.record(z.string(), FieldValue),
  subject: z.string(),
  raw: z.string(),
})
const Images = z.array(
  z.object({
    id: z.string().optional(),
    names: z.array(z.string()),
    reportedBytes: z.number().optional(),
    onDiskBytes: z.number().optional(),
    isPinned: z.literal(true).optional(),
    lastUsedAt: z.number().optional(),
    pullable: z
      .object({
        state: z.enum(['yes', 'no', 'unknown']),
        why: z.enum(PULLABLE_REASONS),
        host: z.string().optional(),
        checkedAt: z.number(),
      })
      .optional(),
  }),
)
const Container = z.object({
  id: z.string(),
  name: z.string(),
  attempt: z.number(),
  sandboxId: z.string(),
  state: z.enum(['created', 'running', 'exited', 'unknown']),
  createdAt: z.number(),
  image: z.string(),
  imageId: z.string().optional(),
  writableLayerBytes: z.number().optional(),
})
const Sandbox = z.object({
  id: z.string(),
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  attempt: z.number(),
  isReady: z.boolean(),
  createdAt: z.number(),
})
const RuntimeFilesystem = z.object({
  mountPoint: z.string(),
  usedBytes: z.number(),
  inodesUsed: z.number().optional(),
})
const OrphanedDirectory = z.object({
  uid: z.string(),
  path: z.string(),
  mounts: z.array(z.string()),
  processes: z.array(z.string()),
  data: z.array(z.string()),
})
/** A node as it was observed, to be saved or sent. */
export const NodeObservationSchema = z.object({
  name: z.string(),
  kubeletVersion: z.string().optional(),
  containerRuntimeVersion: z.string().optional(),
  sandboxImage: z.string().optional(),
  kubeletStartedAt: z.number().optional(),
  kubeletConfiguration: part(Settings).optional(),
  summary: part(Summary).optional(),
  images: part(Images).optional(),
  imageNames: z.record(z.string(), z.array(z.string())),
  nodefs: z.array(Reading),
  imagefs: z.array(Reading).optional(),
  facts: z.array(Fact),
  containers: objects(Container),
  sandboxes: objects(Sandbox),
  runtimeFilesystems: objects(RuntimeFilesystem),
  diskAttribution: objects(DiskAttributionSchema),
  orphanedDirectories: objects(OrphanedDirectory),
  readOnlyDisks: objects(z.object({ mountPoint: z.string(), keeps: z.array(z.enum(KEEPERS)) })),
  agent: z.object({ heardAt: z.number(), isHeard: z.boolean() }).optional(),
})
/** What could not be had, to be saved or sent. */
export const GapSchema = z.object({
  part: z.string(),
  node: z.string().optional(),
  why: z.enum(GAP_REASONS),
  detail: z.string(),
})

/** An observation as it is saved, so that any round can be sent and run again (docs/observation.md). */
const ObservationFile = z.object({
  apiVersion: z.literal(HEADER.apiVersion),
  kind: z.literal(HEADER.kind),
  /** What was observed: the context or the server. */
  subject: z.string(),
  observation: z.object({
    observedAt: z.number(),
    cluster: z.object({
      pods: objects(RESOURCES.pods.schema),
      persistentVolumes: objects(RESOURCES.persistentvolumes.schema),
      persistentVolumeClaims: objects(RESOURCES.persistentvolumeclaims.schema),
      storageClasses: objects(RESOURCES.storageclasses.schema),
      nodes: objects(RESOURCES.nodes.schema),
      statefulSets: objects(RESOURCES.statefulsets.schema),
      volumeAttachments: objects(RESOURCES.volumeattachments.schema),
    }),
    nodes: z.array(NodeObservationSchema),
    facts: z.array(Fact).optional(),
    gaps: z.array(GapSchema).optional(),
  }),
})

/** An observation, and what it is of. */
export interface SavedObservation {
  subject: string
  observation: Observation
}

/** Writes an observation to be saved. */
export function writeObservation({ subject, observation }: SavedObservation): string {
  return `${JSON.stringify({ ...HEADER, subject, observation })}\n`
}

/** Reads a saved observation: what it says, or what is wrong with it. */
export function readObservation(text: string): SavedObservation | { problem: string } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (failure) {
    return { problem: (failure as Error).message }
  }
  const parsed = ObservationFile.safeParse(json)
  if (parsed.success) {
    const { subject, observation } = parsed.data
    return { subject, observation: observation as Observation }
  }
  const [issue] = parsed.error.issues
  return { problem: `${(issue?.path ?? []).map(String).join('.')}: ${issue?.message ?? ''}`.slice(0, 300) }
}
