import type { ListedImage } from '../../kubelet/image-gc/image-records.ts'
import type { Instant } from '../../units/instant.ts'
import { KubeletConfiguration } from '../../kubernetes/kubelet-configuration.ts'
import { simulatedKubelet, type SimulatedKubelet } from './simulated-kubelet.ts'
import { NO_EFFECTS, type DeadContainer, type Effects, type SimulatedPod, type World } from './world.ts'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const MIB = 2 ** 20
export const GIB = 2 ** 30

/** What a test tells of the node around a simulated kubelet. What it does not tell is not there. */
export interface Script {
  /** Bytes available of nodefs, by default half of it. */
  nodefs?: (at: Instant, effects: Effects) => number
  /** Of a filesystem that images have to themselves; absent: nodefs is the only one. */
  imagefs?: (at: Instant, effects: Effects) => number
  inodesFree?: (at: Instant) => number
  images?: readonly ListedImage[]
  isInUse?: (id: string, at: Instant, effects: Effects) => boolean
  pods?: readonly SimulatedPod[]
  dead?: readonly DeadContainer[]
  arrivals?: readonly { at: Instant; pod: SimulatedPod }[]
  /** How long after its kill the resources of a pod are gone. */
  goneAfter?: number
}

/** Each filesystem is of 1000 GiB and a million inodes. */
const CAPACITY = 1000 * GIB
const INODES = 1_000_000

/** The node that a test tells of, the same for every call with the same arguments. */
export function scriptedWorld(script: Script): World {
  const { nodefs = () => CAPACITY / 2, inodesFree = () => INODES, images = [], pods = [], dead = [] } = script
  const imagefs = script.imagefs ?? nodefs
  const figures = (available: number, at: Instant) => ({
    availableBytes: available,
    capacityBytes: CAPACITY,
    inodes: INODES,
    inodesFree: inodesFree(at),
    at,
  })
  const filesystems = (at: Instant, effects: Effects) => ({
    nodefs: figures(nodefs(at, effects), at),
    imagefs: figures(imagefs(at, effects), at),
  })
  const isActive = ({ uid }: SimulatedPod, { evicted, rejected }: Effects) =>
    !evicted.has(uid) && !rejected.has(uid)
  return {
    filesystems,
    filesystemsAfterReclaim: filesystems,
    images: (_, { removedImages }) => images.filter(({ id }) => !removedImages.has(id)),
    imageName: (id) => `name of ${id}`,
    imageId: (reference) => images.find(({ id }) => `name of ${id}` === reference)?.id,
    imagesInUse: (at, effects, oneMore) => {
      const isUsed = (id: string) => id === oneMore || script.isInUse?.(id, at, effects)
      return new Set(images.map(({ id }) => id).filter(isUsed))
    },
    podsOfImage: (id) => {
      const uids = pods.map(({ uid }) => uid)
      const alone = (uid: string) => new Map(uids.filter((one) => one !== uid).map((one) => [one, 0]))
      return uids.filter((uid) => script.isInUse?.(id, 0, { ...NO_EFFECTS, evicted: alone(uid) }))
    },
    activePods: (_, effects) => pods.filter((pod) => isActive(pod, effects)),
    measured: (some) => some,
    limitedPods: (_, effects) => pods.filter((pod) => pod.limits !== undefined && isActive(pod, effects)),
    steadyUntil: (at) => at,
    resourcesGoneAt: (_, killedAt) => killedAt + (script.goneAfter ?? 0),
    deadContainers: (_, { removedContainers }) => dead.filter(({ id }) => !removedContainers.has(id)),
    arrivals: (after, until) => (script.arrivals ?? []).filter(({ at }) => at > after && at <= until),
  }
}

/** A pod that has written so much, its writable layer, logs and volumes in MiB. */
export function scriptedPod(
  name: string,
  [writable = 0, logs = 0, volumes = 0]: readonly number[] = [],
  more: Partial<SimulatedPod> = {},
): SimulatedPod {
  return {
    uid: name,
    namespace: 'default',
    name,
    graceMs: 30 * SECOND,
    usage: { writableBytes: writable * MIB, logBytes: logs * MIB, volumeBytes: volumes * MIB },
    ...more,
  }
}

/** A kubelet that started at the instant 0 with these settings, of a version such as 1.20; without `evictionHard` it has no thresholds. */
export function scriptedKubelet(
  minor: number,
  configuration: object = {},
  more: Partial<Pick<SimulatedKubelet, 'layout' | 'sandboxImage' | 'containerGc'>> = {},
): SimulatedKubelet {
  return simulatedKubelet(KubeletConfiguration.parse(configuration), {
    version: { minor, patch: 0 },
    startedAt: 0,
    layout: 'single',
    sandboxImage: undefined,
    ...more,
  })
}
