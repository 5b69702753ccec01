import { z } from 'zod'
import { ObjectMeta } from './object-meta.ts'
import { list } from './list.ts'

/** The fields of a StatefulSet (apps/v1) that a patrol reads. */
export const StatefulSet = z.object({
  metadata: ObjectMeta,
  spec: z.object({
    /** The API fills in 1 where none is asked for. */
    replicas: z.number().nullish(),
    ordinals: z.object({ start: z.number().nullish() }).nullish(),
    persistentVolumeClaimRetentionPolicy: z
      .object({ whenDeleted: z.string().nullish(), whenScaled: z.string().nullish() })
      .nullish(),
    volumeClaimTemplates: list(z.object({ metadata: z.object({ name: z.string() }) })),
  }),
  status: z.object({ replicas: z.number().nullish(), readyReplicas: z.number().nullish() }).nullish(),
})
export type StatefulSet = z.infer<typeof StatefulSet>
