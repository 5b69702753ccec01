import { nodeDisk } from '../explain/node-disk.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import { parseDuration, type Duration } from '../units/duration.ts'
import { IMAGE_REMOVALS } from './connections.ts'
import { shortageOf, type IncidentDraft } from './incident-draft.ts'
import type { Instant } from '../units/instant.ts'
import type { Incident } from './incident.ts'
import type { Severity } from './severity.ts'
import { hasWaitingPod } from './waiting-pods.ts'

/** How long a trouble must not have been stated any more to count as over. */
const QUIET: Duration = 3 * 60_000

/** How often the kubelet compares what is available with its thresholds (semantics §3.6). */
const EVICTION_PASS: Duration = 10_000

const CRITICAL: ReadonlySet<FactId> = new Set<FactId>([
  'eviction-threshold-met',
  'eviction-must-evict',
  'pod-evicted',
  'eviction-kill-timeout',
  'eviction-no-pods-left',
  'disk-pressure-condition',
  'pod-admission-rejected',
  'sandbox-image-missing',
  'no-space-left',
  'inodes-exhausted',
  'filesystem-error',
  'read-only-filesystem',
  'volume-mount-failed',
  'volume-mount-timeout',
  'runtime-down',
  'etcd-space-exceeded',
])

/** Open while the trouble lasts, or while a pod cannot start because of it. */
export function stateOf(draft: IncidentDraft): Incident['state'] {
  if (hasWaitingPod(draft)) return 'open'
  const isDisk = draft.cause === 'disk-filled' || draft.cause === 'inodes-filled'
  return (isDisk ? isShort(draft) : isStated(draft)) ? 'open' : 'resolved'
}

/** Critical once services suffer or are about to; a warning before. */
export function severityOf(draft: IncidentDraft): Severity {
  if (draft.traced.some(({ fact }) => CRITICAL.has(fact.id))) return 'critical'
  const hasLostImage = draft.traced.some(({ fact }) => IMAGE_REMOVALS.has(fact.id))
  const fails = draft.traced.some(
    ({ fact }) => fact.id.startsWith('image-pull-failed') || fact.id === 'image-not-present',
  )
  if (hasLostImage && fails) return 'critical'
  const shortage = shortageOf(draft)
  return shortage?.reachedEviction ? 'critical' : 'warning'
}

function isShort(draft: IncidentDraft): boolean {
  const shortage = shortageOf(draft)
  if (shortage && shortage.recoveredAt === undefined) return true
  const facts = draft.traced.map(({ fact }) => fact)
  const until = shortage && heldUntil(draft)
  // No line says that the kubelet reports it no more: what was said before then ends then.
  if (until !== undefined && facts.every(({ lastOrder }) => lastOrder <= until)) {
    return draft.observedAt === undefined || draft.observedAt < until
  }
  const stated = nodeDisk(facts)
  // What a reading shows of now outweighs a line that only told of the collection threshold then.
  return stated === 'pressure' || stated === 'full' || (stated === 'gc-threshold' && !shortage)
}

/**
 * Until when the kubelet must report DiskPressure, by its rule: as long as a threshold was met within the transition
 * period (semantics §3.6 step 9), looked at every 10 seconds. Only where nobody can see the Node's condition itself.
 */
function heldUntil({ live }: IncidentDraft): Instant | undefined {
  const { view, shortage } = live ?? {}
  const metAt = shortage?.evictionLastMetAt
  if (view === undefined || metAt === undefined || view.diskPressure) return undefined
  const period = parseDuration(view.kubeletConfiguration?.value.evictionPressureTransitionPeriod ?? '')
  return period === undefined ? undefined : metAt + period + EVICTION_PASS
}

function isStated({ traced, observedAt }: IncidentDraft): boolean {
  if (observedAt === undefined) return true
  const last = Math.max(...traced.map(({ lastOrder }) => lastOrder))
  return observedAt - last < QUIET
}
