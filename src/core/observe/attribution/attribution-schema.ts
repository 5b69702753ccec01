import { z } from 'zod'
import { CONSUMER_KINDS } from './disk-attribution.ts'

const shared = {
  kind: z.enum(CONSUMER_KINDS),
  name: z.string().optional(),
  pod: z.string().optional(),
  bytes: z.number(),
  count: z.number().optional(),
}

/** Where the bytes of a filesystem are, as it is saved. Two levels are told: kinds, and what they are made of. */
export const DiskAttributionSchema = z.object({
  mountPoint: z.string(),
  capacityBytes: z.number(),
  usedBytes: z.number(),
  reservedBytes: z.number(),
  availableBytes: z.number(),
  consumers: z.array(z.object({ ...shared, consumers: z.array(z.object(shared)).optional() })),
})
