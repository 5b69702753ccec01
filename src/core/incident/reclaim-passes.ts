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
  return starts.map((start, index) => {
    const end = starts[index + 1]?.order ?? Number.POSITIVE_INFINITY
    const within = (id: string) =>
      happened.filter(
        ({ fact }) =>
          fact.id === id && fact.evidence.some(({ order }) => order >= start.order && order < end),
      )
    const tooYoung = within('image-too-young')
    const youngest = tooYoung[0]
    return {
      start,
      removed: within('image-gc-removed-image'),
      tooYoung,
      minimumAgeSeconds: youngest && numberField(youngest.fact, 'minimumAgeSeconds'),
    }
  })
}

function isImageReclaim({ fact }: Episode): boolean {
  return (
    fact.id === 'image-gc-started' ||
    (fact.id === 'node-level-reclaim' && textField(fact, 'kind') !== 'containers')
  )
}
