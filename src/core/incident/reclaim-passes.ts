import type { FactId } from '../explain/facts/vocabulary.ts'
import { numberField, textField } from './connections.ts'
import type { Episode } from './episodes.ts'

/** What came of one attempt to delete idle images, by the kubelet's periodic collection or its eviction manager. */
export interface ReclaimPass {
  start: Episode
  /** Removals announced before the next attempt. */
  removed: readonly Episode[]
  /** Images passed over as younger than the minimum age. */
  tooYoung: readonly Episode[]
  minimumAgeSeconds: number | undefined
}

/** Cuts what happened into attempts to delete idle images. */
export function reclaimPasses(happened: readonly Episode[]): ReclaimPass[] {
  const starts = happened.filter(isImageReclaim)
  const removals = statementsOf(happened, 'image-gc-removed-image')
  const passedOver = statementsOf(happened, 'image-too-young')
  return starts.map((start, index) => {
    const end = starts[index + 1]?.order ?? Number.POSITIVE_INFINITY
    const tooYoung = within(passedOver, start.order, end)
    const youngest = tooYoung[0]
    return {
      start,
      removed: within(removals, start.order, end),
      tooYoung,
      minimumAgeSeconds: youngest && numberField(youngest.fact, 'minimumAgeSeconds'),
    }
  })
}

/** One statement of an episode, of those that a fold remembers. */
interface Statement {
  order: number
  episode: Episode
  /** The how-manieth of what happened. */
  place: number
}

/** Every statement of a fact, in the order of their instants. */
function statementsOf(happened: readonly Episode[], id: FactId): Statement[] {
  return happened
    .flatMap((episode, place) =>
      episode.fact.id === id ? episode.fact.evidence.map(({ order }) => ({ order, episode, place })) : [],
    )
    .toSorted((a, b) => a.order - b.order)
}

/** The episodes that were stated from an instant on and before another, each once, in the order in which they happened. */
function within(statements: readonly Statement[], from: number, until: number): Episode[] {
  const first = firstAtLeast(statements, from)
  const places = new Map<number, Episode>()
  for (let index = first; index < statements.length; index++) {
    const statement = statements[index]
    if (!statement || statement.order >= until) break
    places.set(statement.place, statement.episode)
  }
  return [...places].toSorted(([a], [b]) => a - b).map(([, episode]) => episode)
}

function firstAtLeast(statements: readonly Statement[], order: number): number {
  let low = 0
  let high = statements.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((statements[middle]?.order ?? 0) < order) low = middle + 1
    else high = middle
  }
  return low
}

function isImageReclaim({ fact }: Episode): boolean {
  return (
    fact.id === 'image-gc-started' ||
    (fact.id === 'node-level-reclaim' && textField(fact, 'kind') !== 'containers')
  )
}
