import { z } from 'zod'
import { ObjectMeta } from './object-meta.ts'

const ContainerState = z
  .object({ terminated: z.object({ finishedAt: z.string().nullish() }).nullish() })
  .nullish()

const ContainerStatus = z.object({
  name: z.string(),
  image: z.string().optional(),
  imageID: z.string().optional(),
  ready: z.boolean().optional(),
  containerID: z.string().optional(),
  state: ContainerState,
})

const Quantities = z.record(z.string(), z.union([z.string(), z.number()])).nullish()
const Resources = z.object({ requests: Quantities, limits: Quantities }).nullish()

/** The fields of a Pod that a patrol reads. */
export const Pod = z.object({
  metadata: ObjectMeta,
  spec: z.object({
    nodeName: z.string().optional(),
    priority: z.number().optional(),
    containers: z
      .array(z.object({ name: z.string(), image: z.string().optional(), resources: Resources }))
      .default([]),
    terminationGracePeriodSeconds: z.number().nullish(),
    volumes: z
      .array(
        z.object({
          name: z.string(),
          persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
          /** A generic ephemeral volume; only that it is one matters. */
          ephemeral: z.object({}).nullish(),
          hostPath: z.object({ path: z.string() }).optional(),
          emptyDir: z
            .object({
              medium: z.string().optional(),
              sizeLimit: z.union([z.string(), z.number()]).optional(),
            })
            .nullish(),
        }),
      )
      .default([]),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      reason: z.string().optional(),
      message: z.string().optional(),
      startTime: z.string().optional(),
      containerStatuses: z.array(ContainerStatus).default([]),
    })
    .default({ containerStatuses: [] }),
})
export type Pod = z.infer<typeof Pod>
