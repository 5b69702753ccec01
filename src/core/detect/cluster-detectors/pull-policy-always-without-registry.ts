import { z } from 'zod'
import type { Pod } from '../../kubernetes/pod.ts'
import { message } from '../../messages/message.ts'
import { podName } from '../../observe/node-view.ts'
import { few } from '../../placement/few.ts'
import { isTerminal } from '../../placement/node-usage.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { containersOf, registryOfImage } from '../image-names.ts'
import { objectOfPods } from '../object-of-pods.ts'
import { unansweredRegistries } from '../unanswered-registries.ts'

/**
 * Containers that run with `imagePullPolicy: Always`, of a registry that does not answer their node: at the next restart
 * they fail, though the image is there (semantics §5.1). Only failed pulls on the same node count as evidence.
 */
export const pullPolicyAlwaysWithoutRegistry = defineClusterDetector({
  id: 'pull-policy-always-without-registry',
  reason: 'PullPolicyAlwaysWithoutRegistry',
  severity: 'warning',
  summary:
    'Containers with imagePullPolicy Always would not survive a restart: their registry does not answer.',
  options: z.strictObject({}),

  detect(cluster) {
    const unanswered = unansweredRegistries(cluster)
    if (unanswered.size === 0) return []
    const byRegistry = new Map<string, Set<Pod>>()
    for (const pod of cluster.objects.pods?.value ?? []) {
      const registries = unanswered.get(pod.spec.nodeName ?? '')
      if (!registries || isTerminal(pod)) continue
      for (const registry of alwaysAsked(pod)) {
        if (!registries.has(registry)) continue
        const known = byRegistry.get(registry)
        if (known) known.add(pod)
        else byRegistry.set(registry, new Set([pod]))
      }
    }
    return [...byRegistry].map(([registry, set]) => {
      const pods = [...set]
      const words = {
        registry: shown(registry),
        pods: few(pods, podName),
        nodes: few([...new Set(pods.flatMap(({ spec }) => spec.nodeName ?? []))], String),
      }
      return {
        ...objectOfPods(pods, registry),
        message: message('finding.pull-policy-always-without-registry', words),
      }
    })
  },
})

/** The registries that are asked again at each start of a container that runs now. */
function alwaysAsked(pod: Pod): string[] {
  return containersOf(pod).flatMap(({ spec, status }) =>
    spec.imagePullPolicy === 'Always' && status?.state?.running && spec.image !== undefined
      ? registryOfImage(spec.image)
      : [],
  )
}
