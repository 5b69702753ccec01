import { isAtLeast, type KubeletVersion } from '../kubelet-version.ts'
import { parseImageReference, type PullPolicy } from './image-reference.ts'

/** Why a container waits for its image: the reason of its waiting state (semantics §5.2). */
export type PullReason =
  | 'ErrImagePull'
  | 'ImagePullBackOff'
  | 'ErrImageNeverPull'
  | 'InvalidImageName'
  | 'ImageInspectError'
  | 'RegistryUnavailable'
  | 'SignatureValidationFailed'

/** What a container's start finds. */
export interface PullSituation {
  image: string
  policy: PullPolicy
  /** What the runtime says of the image, looked for under its default tag. */
  lookup: 'present' | 'absent' | 'failed'
  isBackingOff: boolean
  /** What a pull would come to, were it tried. */
  pull: 'succeeds' | 'fails' | 'registry-unavailable' | 'signature-invalid' | 'rate-limited'
  /** Whether a present image may be used with the pod's credentials; where nobody checks, it may. */
  areCredentialsVerified?: boolean
}

/** What comes of it. */
export type PullOutcome =
  | { runs: true; isPulled: boolean }
  /** `isTried` says whether a pull failed, which begins a back-off or prolongs it. */
  | { runs: false; reason: PullReason; isTried: boolean }

/**
 * Whether a container gets its image (semantics §5.1, §5.2). With Always a registry that is down fails it
 * though the bits are there. From 1.35 on a present image whose credentials were not verified counts as absent.
 */
export function decidePull(situation: PullSituation, version: KubeletVersion): PullOutcome {
  const { image, policy, lookup, isBackingOff } = situation
  if (!parseImageReference(image)) return waits('InvalidImageName')
  if (lookup === 'failed') return waits('ImageInspectError')
  const isUnverified = isAtLeast(version, 35) && situation.areCredentialsVerified === false
  const isUsable = lookup === 'present' && !isUnverified
  if (isUsable && policy !== 'Always') return { runs: true, isPulled: false }
  if (policy === 'Never') return waits('ErrImageNeverPull')
  if (isBackingOff) return waits('ImagePullBackOff')
  return tryPull(situation.pull, version)
}

function waits(reason: PullReason): PullOutcome {
  return { runs: false, reason, isTried: false }
}

/** The kubelet's own limit on pulls counts as a failed pull, with the text `pull QPS exceeded`. */
function tryPull(pull: PullSituation['pull'], version: KubeletVersion): PullOutcome {
  switch (pull) {
    case 'succeeds':
      return { runs: true, isPulled: true }
    case 'registry-unavailable':
      return { runs: false, reason: 'RegistryUnavailable', isTried: true }
    case 'signature-invalid': {
      const reason = isAtLeast(version, 28) ? 'SignatureValidationFailed' : 'ErrImagePull'
      return { runs: false, reason, isTried: true }
    }
    case 'fails':
    case 'rate-limited':
      return { runs: false, reason: 'ErrImagePull', isTried: true }
  }
}

/** What a skipped attempt says (semantics §5.2): from 1.32 on it ends with the error of the last pull. */
export function backOffMessage(image: string, lastError: string, version: KubeletVersion): string {
  return `Back-off pulling image "${image}"${isAtLeast(version, 32) ? `: ${lastError}` : ''}`
}
