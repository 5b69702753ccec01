import { LISTED_NAMES, mayBeCut } from '../detect/image-names.ts'
import type { Fact, FoldedFact } from '../explain/facts/fact.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import { isAtLeast, parseKubeletVersion } from '../kubelet/kubelet-version.ts'
import { normaliseImageReference } from '../kubernetes/image-reference.ts'
import type { NodeView } from '../observe/node-view.ts'
import { isPullable } from '../observe/pullability.ts'
import type { ObservedImage, Part } from '../observe/observation.ts'
import type { Duration } from '../units/duration.ts'
import type { Instant } from '../units/instant.ts'
import { removedNames, textField } from './connections.ts'

/** A kubelet lists its images anew within 30 seconds, and tells of it within a minute (semantics §10.1). */
const LIST_LAG: Duration = 3 * 60_000

/** What fails only where the image is not on the node: the kubelet pulls no other, unless it always pulls. */
const NOT_THERE: ReadonlySet<FactId> = new Set<FactId>([
  'sandbox-image-missing',
  'image-pull-failed-network',
  'image-pull-failed-notfound',
  'image-pull-failed-auth',
  'image-pull-failed-no-space',
  'image-pull-backoff',
  'image-not-present',
])

/**
 * The images that a node listed before and that are there no longer: because it lists them no more, where a limit of
 * the list cannot be why (semantics §10.1), or because something failed since that only fails without them.
 * One that a registry was seen to have is none to tell of until something fails.
 * @param failed what was first stated since that list was seen
 */
export function goneImages(
  before: Part<readonly ObservedImage[]> | undefined,
  now: NodeView,
  failed: readonly Fact[],
): Fact[] {
  const { images, facts, imageNames } = now
  if (!before || !images) return []
  const names = new Map(Object.entries(imageNames))
  const told = new Set(
    facts
      .filter(({ id, fields }) => id === 'image-gc-removed-image' || fields['isUnlisted'] === true)
      .flatMap((fact) => removedNames(fact, names).map(comparable)),
  )
  const isUnlisted = unlistedIn(images.value, now)
  const failedAt = failuresByImage(failed, pullsOnlyWhatIsNotThere(now))
  return before.value.flatMap((image) => {
    const known = usable(image)
    if (known.length === 0 || known.some((name) => told.has(comparable(name)))) return []
    const failure = known.map((name) => failedAt.get(comparable(name))).find((at) => at !== undefined)
    const isMissing = isUnlisted(image)
    if (failure === undefined && (!isMissing || isPullable(image))) return []
    const at = failure ?? images.observedAt
    return [goneImage(now.name, image, { at, source: images.source, isUnlisted: isMissing })]
  })
}

/**
 * Whether an image that was removed is back: the node lists it, long enough after. What an incident tells stays told,
 * unless it was only concluded, and the node has listed the image all the time.
 */
export function isBack(fact: FoldedFact, { images }: NodeView, isTold: boolean): boolean {
  if (fact.id !== 'image-gone' || !images || images.observedAt - fact.lastOrder < LIST_LAG) return false
  if (isTold && fact.fields['isUnlisted'] === true) return false
  const listed = listedNames(images.value)
  return removedNames(fact, new Map()).some((name) => listed.has(comparable(name)))
}

function unlistedIn(images: readonly ObservedImage[], now: NodeView): (image: ObservedImage) => boolean {
  // A kubelet that has just started, or cannot ask its runtime, lists none.
  if (images.length === 0) return () => false
  const listed = listedNames(images)
  const smallest = mayBeCut(images.length, now)
    ? Math.min(...images.map(({ reportedBytes }) => reportedBytes ?? 0))
    : -1
  const isLong = (image: ObservedImage) => image.names.length >= LISTED_NAMES
  const mayHideNames = new Set(images.filter(isLong).map(({ reportedBytes }) => reportedBytes))
  return (image) =>
    !usable(image).some((name) => listed.has(comparable(name))) &&
    (image.reportedBytes ?? 0) > smallest &&
    !mayHideNames.has(image.reportedBytes)
}

/** From 1.35 on a kubelet may pull an image that is there, when it was pulled with other credentials (semantics §5.1). */
function pullsOnlyWhatIsNotThere({ kubeletVersion = '' }: NodeView): boolean {
  const version = parseKubeletVersion(kubeletVersion)
  return version !== undefined && !isAtLeast(version, 35)
}

function failuresByImage(failed: readonly Fact[], arePullsTelling: boolean): ReadonlyMap<string, number> {
  const failures = new Map<string, number>()
  for (const fact of failed) {
    const image = textField(fact, 'image')
    if (image === undefined || !NOT_THERE.has(fact.id)) continue
    const policy = textField(fact, 'pullPolicy') ?? ''
    // Of a pod whose pull policy is not known nothing can be concluded; a sandbox has none.
    const isTelling = arePullsTelling && (policy === 'IfNotPresent' || policy === 'Never')
    if (fact.id !== 'sandbox-image-missing' && !isTelling) continue
    const name = comparable(image)
    failures.set(name, Math.min(fact.order, failures.get(name) ?? Infinity))
  }
  return failures
}

function goneImage(
  node: string,
  image: ObservedImage,
  { at, source, isUnlisted }: { at: Instant; source: string; isUnlisted: boolean },
): Fact {
  const names = usable(image)
  // A tag says more to a reader than a digest.
  const name = names.find((one) => !one.includes('@')) ?? names[0] ?? ''
  return {
    id: 'image-gone',
    at,
    atText: null,
    order: at,
    isCoarse: true,
    node,
    source: { file: `nodes/${node}/${source}`, line: 0 },
    from: 'unknown',
    fields: {
      image: name,
      names,
      ...(image.reportedBytes === undefined ? {} : { sizeBytes: image.reportedBytes }),
      // Until a list lacks it, that it is gone is only concluded.
      ...(isUnlisted ? { isUnlisted } : {}),
    },
    subject: name,
    raw: `image ${name} is no longer on node ${node}`,
  }
}

function listedNames(images: readonly ObservedImage[]): ReadonlySet<string> {
  return new Set(images.flatMap(({ names }) => names.map(comparable)))
}

function usable({ names }: ObservedImage): string[] {
  return names.filter((name) => name !== '' && !name.includes('<none>'))
}

function comparable(name: string): string {
  return normaliseImageReference(name)
}
