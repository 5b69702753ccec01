import { z } from 'zod'
import type { Pod } from '../../kubernetes/pod.ts'
import { message } from '../../messages/message.ts'
import { claimsOf } from '../../observe/node-view.ts'
import { namespaceOf } from '../../placement/node-facts.ts'
import { shown } from '../../tell/shown-text.ts'
import { ownersOf } from '../by-namespace.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { isEvicted } from '../unscheduled.ts'

/** Objects of failed pods, evicted ones above all, which nobody deletes: each one still holds its claims (semantics §6.2). */
export const endedPodsPilingUp = defineClusterDetector({
  id: 'ended-pods-piling-up',
  reason: 'EndedPodsPilingUp',
  severity: 'info',
  summary: 'Objects of failed and evicted pods pile up in a namespace; each still holds its claims.',
  options: z.strictObject({
    minimumPods: z.number().int().positive().default(10),
  }),

  detect({ objects }, { minimumPods }) {
    const byNamespace = new Map<string, Pod[]>()
    for (const pod of objects.pods?.value ?? []) {
      if (pod.status.phase !== 'Failed') continue
      const ended = byNamespace.get(namespaceOf(pod))
      if (ended) ended.push(pod)
      else byNamespace.set(namespaceOf(pod), [pod])
    }
    return [...byNamespace]
      .filter(([, pods]) => pods.length >= minimumPods)
      .map(([namespace, pods]) => ({
        object: { kind: 'Namespace', name: namespace },
        message: message('finding.ended-pods-piling-up', {
          namespace: shown(namespace),
          failed: pods.length,
          evicted: pods.filter(isEvicted).length,
          withClaims: pods.filter((pod) => claimsOf(pod).length > 0).length,
          owners: ownersOf(pods),
        }),
      }))
  },
})
