import { z } from 'zod'
import { ObjectMeta } from './object-meta.ts'
import { Resources } from './quantities.ts'
import { LabelSelector } from './selectors.ts'

/** The fields of a PersistentVolumeClaim that a patrol reads. */
export const PersistentVolumeClaim = z.object({
  metadata: ObjectMeta,
  spec: z.object({
    /** Empty means a volume without a class, absent the default class. */
    storageClassName: z.string().nullish(),
    volumeName: z.string().nullish(),
    volumeMode: z.string().nullish(),
    accessModes: z.array(z.string()).nullish(),
    selector: LabelSelector.nullish(),
    resources: Resources,
  }),
  status: z.object({ phase: z.string().nullish() }).nullish(),
})
export type PersistentVolumeClaim = z.infer<typeof PersistentVolumeClaim>
