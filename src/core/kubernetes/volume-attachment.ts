import { z } from 'zod'
import { ObjectMeta } from './object-meta.ts'

const VolumeError = z.object({ message: z.string().nullish(), time: z.string().nullish() }).nullish()

/** The fields of a VolumeAttachment (storage.k8s.io, v1beta1 and v1) that a patrol reads. */
export const VolumeAttachment = z.object({
  metadata: ObjectMeta,
  spec: z.object({
    attacher: z.string(),
    nodeName: z.string(),
    source: z.object({ persistentVolumeName: z.string().nullish() }),
  }),
  status: z
    .object({ attached: z.boolean().nullish(), attachError: VolumeError, detachError: VolumeError })
    .nullish(),
})
export type VolumeAttachment = z.infer<typeof VolumeAttachment>
