import type { Fact, FoldedFact, PodReference } from '../explain/facts/fact.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import { isDiskResource } from '../explain/node-disk.ts'
import { normaliseImageReference } from '../kubernetes/image-reference.ts'
import type { ImageNames } from './causal-rule.ts'
import type { Certainty } from './incident.ts'

/** The pods a fact is about. */
export function podsOf({ fields }: FoldedFact): readonly PodReference[] {
  const { pods, pod } = fields
  if (Array.isArray(pods)) return pods as readonly PodReference[]
  return pod !== null && typeof pod === 'object' && !Array.isArray(pod) ? [pod as PodReference] : []
}

/** `namespace/name`, or whatever the line gives of it; undefined when it names only a UID. */
export function podLabel({ namespace, name }: PodReference): string | undefined {
  if (name === undefined) return undefined
  return namespace === undefined ? name : `${namespace}/${name}`
}

/**
 * Pods by label, each once. A pod of which only the name is told gets the namespace that another
 * mention of it gives; those are asked for when there is such a pod.
 */
export function podLabels(
  pods: readonly PodReference[],
  others: () => readonly PodReference[] = () => pods,
): string[] {
  let named: Map<string | undefined, PodReference[]> | undefined
  const whole = (pod: PodReference) => {
    named ??= byName(others())
    return named
      .get(pod.name)
      ?.find(({ uid }) => uid === undefined || pod.uid === undefined || uid === pod.uid)
  }
  const labels = pods.map((pod) => podLabel(pod.namespace === undefined ? (whole(pod) ?? pod) : pod))
  return [...new Set(labels.filter((label) => label !== undefined))]
}

/** The mentions that give a namespace. */
function byName(pods: readonly PodReference[]): Map<string | undefined, PodReference[]> {
  const named = new Map<string | undefined, PodReference[]>()
  for (const pod of pods) {
    if (pod.namespace === undefined) continue
    const known = named.get(pod.name)
    if (known) known.push(pod)
    else named.set(pod.name, [pod])
  }
  return named
}

/** A text field of a fact; undefined when the line does not state it. */
export function textField({ fields }: Fact, name: string): string | undefined {
  const value = fields[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number field of a fact; undefined when the line does not state it. */
export function numberField({ fields }: FoldedFact, name: string): number | undefined {
  const value = fields[name]
  return typeof value === 'number' ? value : undefined
}

/** Facts that say an image which was on the node is there no longer. */
export const IMAGE_REMOVALS: ReadonlySet<FactId> = new Set<FactId>(['image-gc-removed-image', 'image-gone'])

/** Every name by which an image that was removed was known; none where only its id is. */
export function removedNames({ fields }: Fact, names: ImageNames): readonly string[] {
  const { imageId, names: listed } = fields
  if (Array.isArray(listed)) return listed as readonly string[]
  return typeof imageId === 'string' ? (names.get(imageId) ?? []) : []
}

/** Every name of the image a fact is about; its id where no name is known. */
export function imagesOf(fact: FoldedFact, names: ImageNames): readonly string[] {
  const image = textField(fact, 'image')
  if (image !== undefined) return names.get(image) ?? [image, ...removedNames(fact, names)]
  const id = textField(fact, 'imageId')
  if (id === undefined) return []
  const known = names.get(id) ?? []
  return known.length > 0 ? known : [id]
}

/** Both speak of the same pod, as far as they say. */
export function aboutSamePod(cause: FoldedFact, effect: FoldedFact): Certainty | undefined {
  const ofCause = podsOf(cause)
  const ofEffect = podsOf(effect)
  if (ofCause.length === 0 || ofEffect.length === 0) return 'inferred'
  const same = ofCause.some((a) =>
    ofEffect.some((b) => (a.uid !== undefined && a.uid === b.uid) || samePodName(a, b)),
  )
  return same ? 'stated' : undefined
}

/**
 * The image that cannot be had is one that was removed; inferred where the removed one has no known name. A pod that
 * always pulls would fail with it as well.
 */
export function aboutRemovedImage(
  removal: FoldedFact,
  pull: FoldedFact,
  names: ImageNames,
): Certainty | undefined {
  if (removal.order > pull.lastOrder || textField(pull, 'pullPolicy') === 'Always') return undefined
  const wanted = textField(pull, 'image')
  const known = removedNames(removal, names)
  if (wanted === undefined || known.length === 0) return 'inferred'
  return known.map(normaliseImageReference).includes(normaliseImageReference(wanted)) ? 'stated' : undefined
}

/** Both name the same image. */
export function aboutSameImage(cause: FoldedFact, effect: FoldedFact): Certainty | undefined {
  const image = textField(cause, 'image')
  return image !== undefined && image === textField(effect, 'image') ? 'stated' : undefined
}

/** The fact is about a disk, or does not say what it is about. */
export function isAboutDisk(fact: FoldedFact): boolean {
  const { resource } = fact.fields
  return resource === undefined || isDiskResource(resource)
}

function samePodName(a: PodReference, b: PodReference): boolean {
  return a.name !== undefined && a.name === b.name && a.namespace === b.namespace
}
