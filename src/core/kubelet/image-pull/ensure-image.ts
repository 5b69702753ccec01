import type { Instant } from '../../units/instant.ts'
import type { KubeletVersion } from '../kubelet-version.ts'
import { afterPullFailure, afterPullSuccess, backOffKey, isBackingOff, type PullBackOff } from './back-off.ts'
import { decidePull, type PullOutcome, type PullSituation } from './pull-decision.ts'

/** One attempt to start a container: whether it gets its image, and what the kubelet remembers of it (semantics §5.1–§5.3). */
export function ensureImage(
  entries: PullBackOff,
  podUid: string,
  situation: Omit<PullSituation, 'isBackingOff'>,
  at: Instant,
  version: KubeletVersion,
): { outcome: PullOutcome; entries: PullBackOff } {
  const key = backOffKey(podUid, situation.image)
  const outcome = decidePull({ ...situation, isBackingOff: isBackingOff(entries, key, at) }, version)
  if (outcome.runs) return { outcome, entries: outcome.isPulled ? afterPullSuccess(entries, at) : entries }
  return { outcome, entries: outcome.isTried ? afterPullFailure(entries, key, at) : entries }
}
