import { nodeDisk } from '../explain/node-disk.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import type { Duration } from '../units/duration.ts'
import { IMAGE_REMOVALS } from './connections.ts'
import { shortageOf, type IncidentDraft } from './incident-draft.ts'
import type { Incident } from './incident.ts'
import type { Severity } from './severity.ts'
import { hasWaitingPod } from './waiting-pods.ts'

/** How long a trouble must not have been stated any more to count as over. */
const QUIET: Duration = 3 * 60_000

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
  const stated = nodeDisk(draft.traced.map(({ fact }) => fact))
  // What a reading shows of now outweighs a line that only told of the collection threshold then.
  return stated === 'pressure' || stated === 'full' || (stated === 'gc-threshold' && !shortage)
}

function isStated({ traced, observedAt }: IncidentDraft): boolean {
  if (observedAt === undefined) return true
  const last = Math.max(...traced.map(({ lastOrder }) => lastOrder))
  return observedAt - last < QUIET
}
