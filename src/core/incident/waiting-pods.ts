import type { FactId } from '../explain/facts/vocabulary.ts'
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

/** Facts that say a pod was ended or sent away: it is missed until it is seen again. */
const WAS_LOST: ReadonlySet<FactId> = new Set<FactId>([
  'pod-evicted',
  'eviction-kill-timeout',
  'pod-admission-rejected',
])

/** Whether a pod still waits to start, or is still missed, because of this incident, as far as is known. */
export function hasWaitingPod(draft: IncidentDraft): boolean {
  return draft.traced.some(({ fact }) => {
    const pods = podsOf(fact).map(podLabel)
    const isMissed = (pod: string | undefined) => !isWellSince(pod, fact.lastAt, draft)
    if (CANNOT_START.has(fact.id)) return pods.length === 0 || pods.some(isMissed)
    // Only a patrol that looks at pods can miss one.
    return WAS_LOST.has(fact.id) && draft.live?.view.pods !== undefined && pods.some(isMissed)
  })
}

/** A later look at the pods shows it running, finished, or gone for good. */
function isWellSince(name: string | undefined, at: Instant | null, { pods }: IncidentDraft): boolean {
  if (!pods || at === null || pods.observedAt <= at) return false
  return name === undefined || pods.isWell(name)
}
