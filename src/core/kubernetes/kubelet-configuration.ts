import { z } from 'zod'

const thresholds = z.record(z.string(), z.string())

/** The fields of `kubelet.config.k8s.io/v1beta1` KubeletConfiguration that decide about disks. */
export const KubeletConfiguration = z.object({
  imageGCHighThresholdPercent: z.number().int().min(0).max(100).default(85),
  imageGCLowThresholdPercent: z.number().int().min(0).max(100).default(80),
  imageMinimumGCAge: z.string().default('2m0s'),
  imageMaximumGCAge: z.string().optional(),
  evictionHard: thresholds.default({}),
  evictionSoft: thresholds.default({}),
  evictionSoftGracePeriod: thresholds.optional(),
  evictionMinimumReclaim: thresholds.optional(),
  evictionMaxPodGracePeriod: z.number().optional(),
  mergeDefaultEvictionSettings: z.boolean().optional(),
  localStorageCapacityIsolation: z.boolean().optional(),
  evictionPressureTransitionPeriod: z.string().default('5m0s'),
  volumeStatsAggPeriod: z.string().optional(),
  containerLogMaxSize: z.string().default('10Mi'),
  containerLogMaxFiles: z.number().int().default(5),
})
export type KubeletConfiguration = z.infer<typeof KubeletConfiguration>

/** What the kubelet's `/configz` answers. */
export const Configz = z.object({ kubeletconfig: KubeletConfiguration })
