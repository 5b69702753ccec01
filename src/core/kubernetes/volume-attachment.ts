import { z } from 'zod'
import { ObjectMeta } from './object-meta.ts'

/** The fields of a VolumeAttachment (storage.k8s.io/v1) that a patrol reads. */
export const VolumeAttachment = z.object({
  metadata: ObjectMeta,
  spec: z.object({
    attacher: z.string().nullish(),
    nodeName: z.string(),
    source: z.object({ persistentVolumeName: z.string().nullish() }),
  }),
  status: z
    .object({
      attached: z.boolean().nullish(),
      attachError: z.object({ message: z.string().nullish() }).nullish(),
      detachError: z.object({ message: z.string().nullish() }).nullish(),
    })
    .nullish(),
})
export type VolumeAttachment = z.infer<typeof VolumeAttachment>
