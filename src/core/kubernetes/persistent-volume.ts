import { z } from 'zod'
import { ObjectMeta } from './object-meta.ts'
import { Quantities } from './quantities.ts'
import { NodeSelector } from './selectors.ts'

/** The fields of a PersistentVolume that a patrol reads. */
export const PersistentVolume = z.object({
  metadata: ObjectMeta,
  spec: z.object({
    local: z.object({ path: z.string() }).optional(),
    hostPath: z.object({ path: z.string() }).optional(),
    claimRef: z.object({ namespace: z.string(), name: z.string(), uid: z.string().optional() }).optional(),
    nodeAffinity: z.object({ required: NodeSelector.nullish() }).nullish(),
    csi: z.object({ driver: z.string() }).nullish(),
    persistentVolumeReclaimPolicy: z.string().nullish(),
    storageClassName: z.string().nullish(),
    accessModes: z.array(z.string()).nullish(),
    volumeMode: z.string().nullish(),
    capacity: Quantities,
  }),
  status: z.object({ phase: z.string().nullish() }).nullish(),
})
export type PersistentVolume = z.infer<typeof PersistentVolume>
