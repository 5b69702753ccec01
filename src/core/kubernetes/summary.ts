import { z } from 'zod'

const FilesystemStats = z.object({
  time: z.string().optional(),
  availableBytes: z.number().optional(),
  capacityBytes: z.number().optional(),
  usedBytes: z.number().optional(),
  inodes: z.number().optional(),
  inodesFree: z.number().optional(),
  inodesUsed: z.number().optional(),
})

/** A volume with a claim has it, whatever it looks like; then it counts for no pod. */
const PvcRef = z
  .object({ name: z.string().optional(), namespace: z.string().optional() })
  .catch({})
  .optional()

/** The fields of the kubelet's Summary API (`/stats/summary`) that say where bytes are (semantics §10.1). */
export const Summary = z.object({
  node: z.object({
    nodeName: z.string(),
    fs: FilesystemStats.optional(),
    runtime: z.object({ imageFs: FilesystemStats.optional() }).optional(),
    systemContainers: z
      .array(z.object({ name: z.string(), startTime: z.string().nullish() }))
      .nullish()
      .catch(undefined),
  }),
  pods: z
    .array(
      z.object({
        podRef: z.object({ name: z.string(), namespace: z.string(), uid: z.string() }),
        containers: z
          .array(
            z.object({
              name: z.string(),
              startTime: z.string().optional(),
              rootfs: FilesystemStats.optional(),
              logs: FilesystemStats.optional(),
            }),
          )
          .nullish(),
        volume: z.array(FilesystemStats.extend({ name: z.string(), pvcRef: PvcRef })).nullish(),
      }),
    )
    .nullish(),
})
export type Summary = z.infer<typeof Summary>
