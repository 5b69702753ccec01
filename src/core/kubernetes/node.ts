import { z } from 'zod'
import { ObjectMeta } from './object-meta.ts'

/** The fields of a Node that a patrol reads. */
export const Node = z.object({
  metadata: ObjectMeta,
  status: z.object({
    conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
    images: z
      .array(z.object({ names: z.array(z.string()).nullish(), sizeBytes: z.number().optional() }))
      .nullish(),
    nodeInfo: z
      .object({ kubeletVersion: z.string(), containerRuntimeVersion: z.string() })
      .partial()
      .optional(),
  }),
})
export type Node = z.infer<typeof Node>
