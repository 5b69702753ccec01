import type { Instant } from '../../units/instant.ts'
import { groupBy } from './group-by.ts'
import type { TiedMembers } from './tied-members.ts'

/** A pod sandbox as the runtime lists it to the kubelet. */
export interface ListedSandbox {
  id: string
  podUid: string
  isReady: boolean
  createdAt: Instant
}

/** What a pass removes of the sandboxes. */
export interface CollectedSandboxes<Sandbox> {
  /** One outcome that the kubelet may come to; the order is its own within a pod. */
  removed: readonly Sandbox[]
  /** Where sandboxes of one age made the outcome arbitrary. */
  ties: readonly TiedMembers<Sandbox>[]
}

/**
 * Step B of container garbage collection (semantics §2.2, all versions): no age and no limit counts.
 * A sandbox that is ready, or that any listed container of any state is still in, stays; so does the
 * newest of a pod that is not gone. The containers are listed anew after step A.
 */
export function collectSandboxes<Sandbox extends ListedSandbox>(
  sandboxes: readonly Sandbox[],
  containers: readonly { sandboxId?: string | undefined }[],
  isPodGone: (podUid: string) => boolean,
): CollectedSandboxes<Sandbox> {
  const pinned = new Set(containers.map(({ sandboxId }) => sandboxId))
  const isInactive = ({ id, isReady }: Sandbox) => !isReady && !pinned.has(id)
  const removed: Sandbox[] = []
  const ties: TiedMembers<Sandbox>[] = []
  for (const [podUid, ofPod] of groupBy(sandboxes, (sandbox) => sandbox.podUid)) {
    if (isPodGone(podUid)) {
      removed.push(...ofPod.filter(isInactive).toReversed())
      continue
    }
    const newestFirst = ofPod.toSorted((a, b) => b.createdAt - a.createdAt)
    removed.push(...newestFirst.slice(1).filter(isInactive).toReversed())
    ties.push(...tieForNewest(newestFirst, isInactive))
  }
  return { removed, ties }
}

/** Of several newest, any one may be the one that is spared, an active one included. */
function tieForNewest<Sandbox extends ListedSandbox>(
  newestFirst: readonly Sandbox[],
  isInactive: (sandbox: Sandbox) => boolean,
): TiedMembers<Sandbox>[] {
  const newest = newestFirst.filter(({ createdAt }) => createdAt === newestFirst[0]?.createdAt)
  const among = newest.filter(isInactive)
  if (newest.length < 2 || among.length === 0) return []
  const max = among.length < newest.length ? among.length : among.length - 1
  return [{ among, count: { min: among.length - 1, max } }]
}
