import type { ListedContainer } from '../../kubelet/container-gc/dead-containers.ts'
import type { ListedImage } from '../../kubelet/image-gc/image-records.ts'
import type { LimitedPod } from '../../kubelet/eviction/local-limits.ts'
import type { EvictablePod } from '../../kubelet/eviction/pods.ts'
import type { EvictionSignal, NodeFilesystems } from '../../kubelet/eviction/signals.ts'
import type { Instant } from '../../units/instant.ts'

/** A pod on a simulated node. */
export interface SimulatedPod extends EvictablePod {
  /** What its own limits are compared with; absent where it has none. */
  limits?: LimitedPod | undefined
  graceMs: number
  /** Whether its processes take no notice of being asked to end, so that its grace period is used up; absent: they end at once. */
  ignoresSignal?: boolean
}

/** A container that is not running any more. */
export interface DeadContainer extends ListedContainer {
  /** Its pod as `namespace/name`. */
  pod: string
  isPodGone: boolean
  /** Succeeded or Failed: gone as far as the eviction manager's collection is concerned (semantics §2.3). */
  isPodFinished?: boolean
}

/** What the kubelet has done to the node so far. Plain data: a simulation can be split at any instant. */
export interface Effects {
  /** When an image was removed, by id. */
  removedImages: ReadonlyMap<string, Instant>
  /** When a pod was evicted, by UID. */
  evicted: ReadonlyMap<string, Instant>
  rejected: ReadonlySet<string>
  /** When a dead container was removed, by id. */
  removedContainers: ReadonlyMap<string, Instant>
}

/** Nothing done yet. */
export const NO_EFFECTS: Effects = {
  removedImages: new Map(),
  evicted: new Map(),
  rejected: new Set(),
  removedContainers: new Map(),
}

/** So much available of what a signal is about is where something changes. */
export interface SignalLevel {
  signal: EvictionSignal
  value: number
}

/**
 * The node around a simulated kubelet: what its runtime, its filesystems and the API server would say at
 * an instant, after what the kubelet did. Pure functions; a figure that is not known is undefined.
 */
export interface World {
  /** Undefined while the kubelet has no figures. */
  filesystems(at: Instant, effects: Effects): NodeFilesystems | undefined
  /** The figures right after a reclaim that began at an instant, taken when it had ended. */
  filesystemsAfterReclaim(at: Instant, effects: Effects): NodeFilesystems | undefined
  images(at: Instant, effects: Effects): readonly ListedImage[]
  /** A name of an image, where one is known. */
  imageName(id: string): string | undefined
  /** The id a reference resolves to; undefined when the runtime has no such image. */
  imageId(reference: string): string | undefined
  /**
   * The ids of the images that any container, dead ones included, is of (semantics §1.3), and one more where
   * it is given. The same set as before while nothing has changed, if it can be had for less than a new one.
   */
  imagesInUse(at: Instant, effects: Effects, oneMore: string | undefined): ReadonlySet<string>
  /** The UIDs of the pods that ever have a container of an image. */
  podsOfImage(id: string): readonly string[]
  /** The pods the eviction manager may choose from; what they use is told by `measured`. */
  activePods(at: Instant, effects: Effects): readonly SimulatedPod[]
  /** Some of the active pods with what they use at an instant; nothing else of them differs. */
  measured(pods: readonly SimulatedPod[], at: Instant, effects: Effects): readonly SimulatedPod[]
  /** Those of them that have limits of their own; not those that cannot be over one yet. */
  limitedPods(at: Instant, effects: Effects): readonly SimulatedPod[]
  /**
   * Until when nothing happens but that bytes grow without crossing one of these levels: no pod comes or
   * goes, none gets over its limits. The instant itself when that is not known.
   */
  steadyUntil(at: Instant, effects: Effects, levels: readonly SignalLevel[]): Instant
  /** When an evicted pod's containers, volumes and cgroups are gone without a collection of containers; `Infinity` when only that brings it about. */
  resourcesGoneAt(uid: string, killedAt: Instant, effects: Effects): Instant
  deadContainers(at: Instant, effects: Effects): readonly DeadContainer[]
  /** Pods that are bound to the node later than the first instant and not later than the second. */
  arrivals(after: Instant, until: Instant): readonly { at: Instant; pod: SimulatedPod }[]
}
