import { z } from 'zod'
import { LabelSelector, NodeSelector } from './selectors.ts'

const Toleration = z.object({
  key: z.string().nullish(),
  operator: z.string().nullish(),
  value: z.string().nullish(),
  effect: z.string().nullish(),
})
export type Toleration = z.infer<typeof Toleration>

const PodAffinityTerm = z.object({
  labelSelector: LabelSelector.nullish(),
  namespaces: z.array(z.string()).nullish(),
  namespaceSelector: LabelSelector.nullish(),
  topologyKey: z.string(),
})
export type PodAffinityTerm = z.infer<typeof PodAffinityTerm>

const RequiredPodTerms = z
  .object({ requiredDuringSchedulingIgnoredDuringExecution: z.array(PodAffinityTerm).nullish() })
  .nullish()

/** The fields of a PodSpec that say where the pod may run. */
export const podSchedulingFields = {
  nodeSelector: z.record(z.string(), z.string()).nullish(),
  affinity: z
    .object({
      nodeAffinity: z
        .object({ requiredDuringSchedulingIgnoredDuringExecution: NodeSelector.nullish() })
        .nullish(),
      podAffinity: RequiredPodTerms,
      podAntiAffinity: RequiredPodTerms,
    })
    .nullish(),
  tolerations: z.array(Toleration).nullish(),
  topologySpreadConstraints: z
    .array(z.object({ topologyKey: z.string(), whenUnsatisfiable: z.string().nullish() }))
    .nullish(),
  schedulerName: z.string().nullish(),
  schedulingGates: z.array(z.object({ name: z.string() })).nullish(),
  /** Devices by dynamic resource allocation. */
  resourceClaims: z.array(z.object({ name: z.string() })).nullish(),
}
