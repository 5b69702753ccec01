import { z } from 'zod'
import { list } from './list.ts'
import { ObjectMeta } from './object-meta.ts'
import { Quantities } from './quantities.ts'

const Taint = z.object({ key: z.string(), value: z.string().nullish(), effect: z.string() })
export type Taint = z.infer<typeof Taint>

/** The fields of a Node that a patrol reads. */
export const Node = z.object({
  metadata: ObjectMeta,
  spec: z.object({ unschedulable: z.boolean().nullish(), taints: z.array(Taint).nullish() }).nullish(),
  status: z.object({
    conditions: list(
      z.object({
        type: z.string(),
        status: z.string(),
        reason: z.string().nullish(),
        message: z.string().nullish(),
        lastTransitionTime: z.string().nullish(),
      }),
    ),
    capacity: Quantities,
    allocatable: Quantities,
    images: z
      .array(z.object({ names: z.array(z.string()).nullish(), sizeBytes: z.number().optional() }))
      .nullish(),
    nodeInfo: z
      .object({ kubeletVersion: z.string(), containerRuntimeVersion: z.string(), bootID: z.string() })
      .partial()
      .optional(),
  }),
})
export type Node = z.infer<typeof Node>
