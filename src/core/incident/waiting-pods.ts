import type { FactId } from '../explain/facts/vocabulary.ts'
import { podName } from '../observe/node-view.ts'
import type { Instant } from '../units/instant.ts'
import { podLabel, podsOf } from './connections.ts'
import type { IncidentDraft } from './incident-draft.ts'

/** Facts that say a pod cannot start. */
const CANNOT_START: ReadonlySet<FactId> = new Set<FactId>([
  'sandbox-image-missing',
  'image-pull-failed-network',
  'image-pull-failed-notfound',
  'image-pull-failed-auth',
  'image-pull-failed-no-space',
  'image-pull-backoff',
  'image-not-present',
  'volume-mount-failed',
  'volume-mount-timeout',
  'volume-attach-failed',
  'pvc-not-found',
])

/** Whether a pod still waits to start because of this incident, as far as is known. */
export function hasWaitingPod(draft: IncidentDraft): boolean {
  return draft.traced.some(({ fact }) => {
    if (CANNOT_START.has(fact.id)) {
      const pods = podsOf(fact).map(podLabel)
      return pods.length === 0 || pods.some((pod) => !runsSince(pod, fact.lastAt, draft))
    }
    // An evicted pod is missed until it is seen again, but only by a patrol that looks at pods.
    const isLost = fact.id === 'pod-evicted' || fact.id === 'eviction-kill-timeout'
    return (
      isLost &&
      draft.live?.view.pods !== undefined &&
      podsOf(fact).some((pod) => !runsSince(podLabel(pod), fact.lastAt, draft))
    )
  })
}

/** A later look at the pods shows it running, finished, or gone for good. */
function runsSince(name: string | undefined, at: Instant | null, { live }: IncidentDraft): boolean {
  const pods = live?.view.pods
  if (!pods || at === null || pods.observedAt <= at) return false
  const found = pods.value.find((pod) => podName(pod) === name)
  return found === undefined || found.status.phase !== 'Pending'
}
