import { z } from 'zod'
import { list } from './list.ts'
import { ObjectMeta } from './object-meta.ts'

/** The fields of a StorageClass that a patrol reads. */
export const StorageClass = z.object({
  metadata: ObjectMeta,
  provisioner: z.string(),
  /** `Immediate`, which is also meant when it is absent, or `WaitForFirstConsumer`. */
  volumeBindingMode: z.string().nullish(),
  allowedTopologies: list(
    z.object({ matchLabelExpressions: list(z.object({ key: z.string(), values: list(z.string()) })) }),
  ),
})
export type StorageClass = z.infer<typeof StorageClass>
