import type { PodAffinityTerm } from '../kubernetes/pod-scheduling.ts'
import type { Pod } from '../kubernetes/pod.ts'

const NONE: readonly PodAffinityTerm[] = []

/** The affinity terms that have to hold when a pod is placed: pods it has to be near, and pods it keeps apart from. */
export function requiredTerms({ spec: { affinity } }: Pod) {
  return {
    near: affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? NONE,
    apart: affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? NONE,
  }
}
