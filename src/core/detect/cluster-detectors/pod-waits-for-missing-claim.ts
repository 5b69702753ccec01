import { z } from 'zod'
import { parseStatefulPodName, statefulClaimName } from '../../claims/stateful-set.ts'
import type { Pod } from '../../kubernetes/pod.ts'
import type { StatefulSet } from '../../kubernetes/stateful-set.ts'
import { message } from '../../messages/message.ts'
import { claimsOf, podName } from '../../observe/node-view.ts'
import { few } from '../../placement/few.ts'
import { namespaceOf } from '../../placement/node-facts.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { isNew } from '../elapsed.ts'
import { isUnscheduled } from '../unscheduled.ts'
import { wholeList } from '../objects-by-name.ts'
import { workloadsOf } from '../workloads.ts'

/** A pod that cannot be scheduled, because a claim that it names does not exist (semantics §6.4). */
export const podWaitsForMissingClaim = defineClusterDetector({
  id: 'pod-waits-for-missing-claim',
  reason: 'PodWaitsForMissingClaim',
  severity: 'warning',
  summary: 'A pod cannot be scheduled, because a claim that it names does not exist.',
  options: z.strictObject({
    /** A claim may be made after the pod that names it. */
    minimumSeconds: z.number().nonnegative().default(60),
  }),

  detect(cluster, { minimumSeconds }) {
    const { objects, observedAt } = cluster
    const { pods, statefulSets } = objects
    const claims = wholeList(cluster, 'persistentVolumeClaims')
    if (!pods || !claims) return []
    const waiting = pods.value.filter(
      (pod) => isUnscheduled(pod) && !isNew(pod.metadata, observedAt, minimumSeconds * 1000),
    )
    if (waiting.length === 0) return []
    const known = new Set(claims.value.map((claim) => `${namespaceOf(claim)}/${claim.metadata.name}`))
    const missingOf = (pod: Pod) => claimsOf(pod).filter((claim) => !known.has(claim))
    return workloadsOf(waiting.filter((pod) => missingOf(pod).length > 0)).map((workload) => {
      const missing = [...new Set(workload.pods.flatMap(missingOf))]
      const [first] = workload.pods
      const set = (statefulSets?.value ?? []).find((one) => makes(one, first, missing))
      const words = {
        namespace: shown(namespaceOf(first)),
        pods: few(workload.pods, podName),
        claims: few(missing, String),
        ...(set ? { set: shown(`${namespaceOf(set)}/${set.metadata.name}`) } : {}),
      }
      return { object: workload.object, message: message('finding.pod-waits-for-missing-claim', words) }
    })
  },
})

/** Whether a set makes a missing claim together with this pod (semantics §6.4). */
function makes({ metadata, spec }: StatefulSet, pod: Pod, missing: readonly string[]): boolean {
  const parsed = parseStatefulPodName(pod.metadata.name)
  const namespace = namespaceOf(pod)
  if (parsed?.set !== metadata.name || namespaceOf({ metadata }) !== namespace) return false
  return spec.volumeClaimTemplates.some((template) =>
    missing.includes(`${namespace}/${statefulClaimName(template.metadata.name, parsed.set, parsed.ordinal)}`),
  )
}
