import type { Instant } from '../../units/instant.ts'
import type { ContainerGcPolicy } from './container-gc-policy.ts'
import { groupBy } from './group-by.ts'
import type { TiedMembers } from './tied-members.ts'

/** A container as the runtime lists it to the kubelet. */
export interface ListedContainer {
  id: string
  podUid: string
  name: string
  state: 'CREATED' | 'RUNNING' | 'EXITED' | 'UNKNOWN'
  createdAt: Instant
}

/** A container that a pass removes. */
export interface ContainerRemoval<Container> {
  container: Container
  because: 'pod-gone' | 'per-container-limit' | 'fair-share' | 'node-limit'
  /** One in an unknown state may still run: it is stopped, and kept for the next pass if that fails. */
  stopsFirst: boolean
}

/** What a pass removes of the containers. */
export interface CollectedContainers<Container> {
  /**
   * One outcome that the kubelet may come to, complete. The order is the kubelet's own within a reason
   * and an evict unit; units have none among themselves.
   */
  removals: readonly ContainerRemoval<Container>[]
  /** Where containers of one age made the outcome arbitrary. */
  ties: readonly TiedMembers<Container>[]
}

/** What a pass goes by. */
export interface CollectionOptions {
  at: Instant
  isPodGone: (podUid: string) => boolean
  /** Whether the kubelet has heard of pods from every source; before, no pod counts as gone. */
  areSourcesReady: boolean
}

/**
 * Step A of container garbage collection (semantics §2.2, all versions): of pods that are gone every
 * container that does not run, of the others what is over the limit of a container and then over the
 * limit of the node, oldest first. A removal that fails counts as done for the limits of the same pass.
 */
export function collectDeadContainers<Container extends ListedContainer>(
  containers: readonly Container[],
  { minimumAge, maxPerPodContainer, maxContainers }: ContainerGcPolicy,
  { at, isPodGone, areSourcesReady }: CollectionOptions,
): CollectedContainers<Container> {
  const candidates = containers.filter(
    ({ state, createdAt }) => state !== 'RUNNING' && at - createdAt >= minimumAge,
  )
  const isGone = ({ podUid }: Container) => areSourcesReady && isPodGone(podUid)
  const gone = enforce(unitsOf(candidates.filter(isGone)), 0)
  const living = candidates.filter((container) => !isGone(container))
  const limited = enforce(unitsOf(living), maxPerPodContainer < 0 ? Infinity : maxPerPodContainer)
  const node = enforceNodeLimit(limited.kept, maxContainers < 0 ? Infinity : maxContainers)
  const removals = [
    ...removalsOf(gone.removed, 'pod-gone'),
    ...removalsOf(limited.removed, 'per-container-limit'),
    ...removalsOf(node.fairly, 'fair-share'),
    ...removalsOf(node.oldest, 'node-limit'),
  ]
  return { removals, ties: tiesAmong(living, removals, node.pool) }
}

interface Cut<Container> {
  kept: Container[]
  /** In the order of removal. */
  removed: Container[]
}

/** Restarts of one container of one pod belong together: the evict unit. */
function unitsOf<Container extends ListedContainer>(containers: readonly Container[]): Container[][] {
  return [...groupBy(containers, unitKey).values()]
}

function unitKey({ podUid, name }: ListedContainer): string {
  return JSON.stringify([podUid, name])
}

/** Where nothing is kept nothing is sorted, so that what the runtime listed last goes first. */
function cutOldest<Container extends ListedContainer>(
  containers: readonly Container[],
  keep: number,
): Cut<Container> {
  const sorted = keep > 0 ? containers.toSorted((a, b) => b.createdAt - a.createdAt) : containers
  return { kept: sorted.slice(0, keep), removed: sorted.slice(keep).toReversed() }
}

function enforce<Container extends ListedContainer>(
  units: readonly Container[][],
  keep: number,
): { kept: Container[][]; removed: Container[] } {
  const cuts = units.map((unit) => cutOldest(unit, keep))
  return { kept: cuts.map(({ kept }) => kept), removed: cuts.flatMap(({ removed }) => removed) }
}

/** A fair share for each unit, at least one; and if that is still too much, the oldest of all. */
function enforceNodeLimit<Container extends ListedContainer>(
  units: readonly Container[][],
  keep: number,
): { fairly: Container[]; oldest: Container[]; pool: Container[] } {
  if (units.flat().length <= keep) return { fairly: [], oldest: [], pool: [] }
  const fair = enforce(units, Math.max(1, Math.floor(keep / units.length)))
  const pool = fair.kept.flat().toSorted((a, b) => b.createdAt - a.createdAt)
  return { fairly: fair.removed, oldest: pool.slice(keep).toReversed(), pool }
}

function removalsOf<Container extends ListedContainer>(
  removed: readonly Container[],
  because: ContainerRemoval<Container>['because'],
): ContainerRemoval<Container>[] {
  return removed.map((container) => ({ container, because, stopsFirst: container.state === 'UNKNOWN' }))
}

/** Containers of one unit and one age stand for each other, and so do those of one age that the node's limit cut through. */
function tiesAmong<Container extends ListedContainer>(
  living: readonly Container[],
  removals: readonly ContainerRemoval<Container>[],
  pool: readonly Container[],
): TiedMembers<Container>[] {
  const removedIds = new Set(removals.map(({ container }) => container.id))
  const isRemoved = ({ id }: Container) => removedIds.has(id)
  const cutAt = pool.find(isRemoved)?.createdAt
  const cutUnits = new Set(pool.filter(({ createdAt }) => createdAt === cutAt).map(unitKey))
  const classes = groupBy(living, (container) => {
    const unit = unitKey(container)
    const isCut = container.createdAt === cutAt && cutUnits.has(unit)
    return `${isCut ? '' : unit}${container.createdAt}`
  })
  return [...classes.values()].flatMap((among) => {
    const count = among.filter(isRemoved).length
    return count === 0 || count === among.length ? [] : { among, count: { min: count, max: count } }
  })
}
