import type { FoldedFact } from '../explain/facts/fact.ts'
import { isPauseImage } from '../kubelet/image-gc/pause-image.ts'
import type { FactWords } from '../messages/fact-words.ts'
import { podName } from '../observe/node-view.ts'
import { imagesOf, podLabel, podsOf, textField } from './connections.ts'
import type { IncidentDraft } from './incident-draft.ts'
import { reclaimPasses } from './reclaim-passes.ts'

/** What is special about the images that were removed: the pause image, and those an eviction had made idle. */
export function removalWords(removals: readonly FoldedFact[], draft: IncidentDraft): Partial<FactWords> {
  const evicted = evictedPodImages(draft)
  return {
    ...originOf(removals, draft),
    sandboxImages: sandboxImages(removals, draft),
    idleOnlyAfterEviction: imagesAmong(removals, draft, (name) => evicted.has(name)),
  }
}

/** The removed images without which no pod starts. */
export function sandboxImages(removals: readonly FoldedFact[], draft: IncidentDraft): string[] {
  const wanted = new Set(
    draft.happened
      .filter(({ fact }) => fact.id === 'sandbox-image-missing')
      .map(({ fact }) => textField(fact, 'image')),
  )
  return imagesAmong(removals, draft, (name) => wanted.has(name) || isPauseImage(name))
}

function imagesAmong(
  removals: readonly FoldedFact[],
  { names }: IncidentDraft,
  isWanted: (name: string) => boolean,
): string[] {
  const found = removals.map((fact) => imagesOf(fact, names).find(isWanted))
  return [...new Set(found.filter((name) => name !== undefined))]
}

/** How many of the removals came of which kind of pass (semantics §1.10). */
function originOf(removals: readonly FoldedFact[], { happened }: IncidentDraft): Partial<FactWords> {
  const passes = reclaimPasses(happened)
  const removedIn = (id: FoldedFact['id']) =>
    new Set(
      passes
        .filter(({ start }) => start.fact.id === id)
        .flatMap(({ removed }) => removed.map(({ fact }) => fact)),
    )
  const count = (facts: ReadonlySet<FoldedFact>) => removals.filter((fact) => facts.has(fact)).length
  return {
    removedBeforeEviction: count(removedIn('node-level-reclaim')),
    removedByCollection: count(removedIn('image-gc-started')),
  }
}

/** The images of pods that were evicted, as far as the patrol saw those pods. */
function evictedPodImages({ happened, live }: IncidentDraft): ReadonlySet<string> {
  const evicted = new Set(
    happened
      .filter(({ fact }) => fact.id === 'pod-evicted')
      .flatMap(({ fact }) => podsOf(fact).map(podLabel)),
  )
  const pods = (live?.view.pods?.value ?? []).filter((pod) => evicted.has(podName(pod)))
  return new Set(
    pods
      .flatMap(({ spec }) => spec.containers.map(({ image }) => image))
      .filter((image) => image !== undefined),
  )
}
