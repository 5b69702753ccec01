import type { FoldedFact } from '../explain/facts/fact.ts'
import type { SharedThings } from './causal-rule.ts'
import { normaliseImageReference } from '../kubernetes/image-reference.ts'
import { podsOf, removedNames, textField } from './connections.ts'

/** Cause and effect are about the same pod: by UID, or by namespace and name. */
export const samePod: SharedThings = { byCause: podKeys, byEffect: podKeys }

/** The directory that an effect is about is that of a pod of the cause. */
export const podOfDirectory: SharedThings = {
  byCause: podKeys,
  byEffect: (effect) => {
    const uid = textField(effect, 'podUid')
    return uid === undefined ? [] : [`uid ${uid}`]
  },
}

/** The image that an effect asks for is one that the cause removed, by any of its names. */
export const removedImage: SharedThings = {
  byCause: (cause, names) => removedNames(cause, names).map(normaliseImageReference),
  byEffect: (effect) => imageKeys(effect).map(normaliseImageReference),
}

/** Cause and effect are about the same image. */
export const sameImage: SharedThings = { byCause: imageKeys, byEffect: imageKeys }

function podKeys(fact: FoldedFact): string[] {
  return podsOf(fact).flatMap(({ namespace, name, uid }) => [
    ...(uid === undefined ? [] : [`uid ${uid}`]),
    ...(name === undefined ? [] : [`pod ${namespace ?? ''}/${name}`]),
  ])
}

function imageKeys(fact: FoldedFact): string[] {
  const image = textField(fact, 'image')
  return image === undefined ? [] : [image]
}
