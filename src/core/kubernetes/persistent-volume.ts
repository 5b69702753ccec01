import { z } from 'zod'
import { ObjectMeta } from './object-meta.ts'

const NodeSelectorTerm = z.object({
  matchExpressions: z
    .array(z.object({ key: z.string(), operator: z.string(), values: z.array(z.string()).default([]) }))
    .default([]),
})

/** The fields of a PersistentVolume that a patrol reads. */
export const PersistentVolume = z.object({
  metadata: ObjectMeta,
  spec: z.object({
    local: z.object({ path: z.string() }).optional(),
    hostPath: z.object({ path: z.string() }).optional(),
    claimRef: z.object({ namespace: z.string(), name: z.string() }).optional(),
    nodeAffinity: z
      .object({ required: z.object({ nodeSelectorTerms: z.array(NodeSelectorTerm) }).optional() })
      .optional(),
  }),
})
export type PersistentVolume = z.infer<typeof PersistentVolume>
