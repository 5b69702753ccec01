import { imageGcRules } from '../../kubelet/image-gc/image-gc-rules.ts'
import { parseKubeletVersion } from '../../kubelet/kubelet-version.ts'
import type { NodeView } from '../../observe/node-view.ts'
import { parseDuration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import type { ForecastAction } from '../ranged-actions.ts'

/**
 * Until when images may be too young to be deleted, for all that is known: since 1.29 each is that for its
 * minimum age after a start of the kubelet (semantics §1.2), of which nothing tells. Undefined when none may be.
 */
export function maybeYoungUntil(view: NodeView): Instant | undefined {
  const version = parseKubeletVersion(view.kubeletVersion ?? '')
  if (view.kubeletStartedAt !== undefined || !version || imageGcRules(version).firstDetectionIsZero)
    return undefined
  const minimumAge = parseDuration(view.kubeletConfiguration?.value.imageMinimumGCAge ?? '') || 120_000
  return view.observedAt + minimumAge
}

/**
 * The actions with what nobody knows the age of left open: images that may be too young when they are taken,
 * and those that are taken for their age, since nothing tells when each was last used.
 */
export function withUnknownAges(
  actions: readonly ForecastAction[],
  youngUntil: Instant | undefined,
): ForecastAction[] {
  return actions.map((action) => {
    const { at, victims, why } = action
    const mayBeYoung = youngUntil !== undefined && (at.p10 ?? at.p50 ?? Infinity) < youngUntil
    const isOfImages = victims.some(({ kind }) => kind === 'image')
    return isOfImages && (mayBeYoung || why.key === 'simulate.why.maximum-age') ? perhaps(action) : action
  })
}

/** All of it or some, or nothing. */
function perhaps({ victims, victimSet, taken, freedBytes, ...action }: ForecastAction): ForecastAction {
  return {
    ...action,
    victims: [],
    victimSet: [...victims, ...victimSet],
    taken: { min: 0, max: victims.length + (taken?.max ?? 0) },
    ...(freedBytes === undefined ? {} : { freedBytes: { min: 0, max: freedBytes.max } }),
  }
}
