import type { ContainerGcPolicy } from './container-gc-policy.ts'
import type { ListedContainer } from './dead-containers.ts'
import type { TiedMembers } from './tied-members.ts'

/** What the kubelet asks to be removed when a container has died. */
export interface Trimmed<Container> {
  /** One outcome that the kubelet may come to, newest first. */
  requested: readonly Container[]
  /** What found the queue full: left to the next pass. */
  dropped: readonly Container[]
  /** Where containers of one age made the outcome arbitrary. */
  ties: readonly TiedMembers<Container>[]
}

/** So many requests wait at most (semantics §2.4). */
const QUEUE_LENGTH = 50

/**
 * The trimming of one pod right after a container of it died (semantics §2.4, all versions): of that
 * container's name the newest exited ones are kept, at least one whatever the limit says, and also when
 * there is none; of a pod that is evicted, or deleted and stopped, no exited container is kept.
 */
export function trimAfterDeath<Container extends ListedContainer>(
  ofPod: readonly Container[],
  died: { name: string; isPodOver: boolean },
  { maxPerPodContainer }: Pick<ContainerGcPolicy, 'maxPerPodContainer'>,
  freeInQueue = QUEUE_LENGTH,
): Trimmed<Container> {
  const exited = ofPod.filter(
    ({ state, name }) => state === 'EXITED' && (died.isPodOver || name === died.name),
  )
  const keep = died.isPodOver ? 0 : Math.max(maxPerPodContainer, 1)
  const newestFirst = exited.toSorted((a, b) => b.createdAt - a.createdAt)
  const removable = newestFirst.slice(keep)
  return {
    requested: removable.slice(0, freeInQueue),
    dropped: removable.slice(freeInQueue),
    ties: tieAtLimit(newestFirst, keep),
  }
}

function tieAtLimit<Container extends ListedContainer>(
  newestFirst: readonly Container[],
  keep: number,
): TiedMembers<Container>[] {
  const lastKept = newestFirst[keep - 1]?.createdAt
  if (lastKept === undefined || newestFirst[keep]?.createdAt !== lastKept) return []
  const among = newestFirst.filter(({ createdAt }) => createdAt === lastKept)
  const count = newestFirst.slice(keep).filter(({ createdAt }) => createdAt === lastKept).length
  return [{ among, count: { min: count, max: count } }]
}
