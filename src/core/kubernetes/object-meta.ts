import { z } from 'zod'

/** Annotations that name something are short; what is longer is a copy of an object or a program's own data. */
const MOST_ANNOTATION = 512

const Annotations = z
  .record(z.string(), z.string())
  .transform((annotations) =>
    Object.fromEntries(Object.entries(annotations).filter(([, { length }]) => length <= MOST_ANNOTATION)),
  )

/** Who and where an object is. */
export const ObjectMeta = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string().optional(),
  resourceVersion: z.string().optional(),
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().nullish(),
  deletionGracePeriodSeconds: z.number().nullish(),
  /** Who has to agree before the object is gone. */
  finalizers: z.array(z.string()).nullish(),
  labels: z.record(z.string(), z.string()).nullish(),
  /** Without those of more than 512 characters. */
  annotations: Annotations.nullish(),
  ownerReferences: z
    .array(z.object({ kind: z.string(), name: z.string(), uid: z.string().optional() }))
    .nullish(),
})
export type ObjectMeta = z.infer<typeof ObjectMeta>
