import { z } from 'zod'
import { list } from './list.ts'
import { ObjectMeta } from './object-meta.ts'

/** The fields of a StatefulSet (apps/v1) that a patrol reads. */
export const StatefulSet = z.object({
  metadata: ObjectMeta,
  spec: z.object({
    replicas: z.number().nullish(),
    volumeClaimTemplates: list(z.object({ metadata: z.object({ name: z.string() }) })),
    persistentVolumeClaimRetentionPolicy: z
      .object({ whenDeleted: z.string().nullish(), whenScaled: z.string().nullish() })
      .nullish(),
  }),
  status: z.object({ replicas: z.number().nullish(), readyReplicas: z.number().nullish() }).nullish(),
})
export type StatefulSet = z.infer<typeof StatefulSet>
