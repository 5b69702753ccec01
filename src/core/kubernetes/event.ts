import { z } from 'zod'
import { ObjectMeta } from './object-meta.ts'

const Time = z.string().nullish()

/** The fields of an Event (v1) that a patrol reads. */
export const Event = z.object({
  metadata: ObjectMeta,
  type: z.string().nullish(),
  reason: z.string().default(''),
  message: z.string().default(''),
  involvedObject: z.object({
    kind: z.string().optional(),
    namespace: z.string().optional(),
    name: z.string().optional(),
    uid: z.string().optional(),
  }),
  /** Who reports it: for a kubelet the name of its Node. */
  source: z.object({ component: z.string().nullish(), host: z.string().nullish() }).nullish(),
  /** How often it was stated, where repeats are folded. */
  count: z.number().nullish(),
  series: z.object({ count: z.number().nullish(), lastObservedTime: Time }).nullish(),
  firstTimestamp: Time,
  lastTimestamp: Time,
  eventTime: Time,
})
export type Event = z.infer<typeof Event>
