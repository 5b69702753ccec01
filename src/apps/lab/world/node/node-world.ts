import { exceededLimit, type LimitedPod } from '../../../../core/kubelet/eviction/local-limits.ts'
import type { PodDiskUsage } from '../../../../core/kubelet/eviction/pods.ts'
import { filesystemOf, resourceOf, type NodeFilesystems } from '../../../../core/kubelet/eviction/signals.ts'
import type { ListedImage } from '../../../../core/kubelet/image-gc/image-records.ts'
import type {
  DeadContainer,
  Effects,
  SimulatedPod,
  World,
} from '../../../../core/forecast/simulation/world.ts'
import { NO_EFFECTS } from '../../../../core/forecast/simulation/world.ts'
import { parseQuantity } from '../../../../core/units/quantity.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import { controllerOf, isEnded } from '../objects.ts'
import { bytesAt, inodesAt, type Disk } from './disk.ts'
import type { ContainerOnNode, NodeState, PodOnNode } from './node-state.ts'
import { annotatedNumber, KILL_SECONDS } from './writing.ts'

/** A killed pod's containers are removed, and what they had is freed, so long after the kill (semantics §2.4). */
export const TRIM_MS = 1500
/** Its volumes and cgroups take a little longer. */
export const CLEANED_UP_MS = 3000
const MIRROR = 'kubernetes.io/config.mirror'
const DELETES_FAILED_PODS = /^(?:StatefulSet|DaemonSet)$/

/** A node of the lab as the world around its simulated kubelet. What the kubelet did in a pass that is not over yet comes as effects. */
export function nodeWorld(node: NodeState): World {
  const onNode = (uid: string) => node.pods.get(uid)
  const activePods: World['activePods'] = (at, { evicted, rejected }) =>
    [...node.pods.values()]
      .filter(({ uid, state }) => isActive(state) && !evicted.has(uid) && !rejected.has(uid))
      .map((pod) => simulatedPod(pod, at))
  const filesystems = (at: Instant, effects: Effects): NodeFilesystems => {
    const freed = pendingBytes(node, effects, at)
    const isSingle = node.imageDisk === node.disk
    return {
      nodefs: figures(node.disk, at, isSingle ? freed.images + freed.layers + freed.logs : freed.logs),
      imagefs: figures(node.imageDisk, at, freed.images + freed.layers + (isSingle ? freed.logs : 0)),
    }
  }
  return {
    filesystems,
    filesystemsAfterReclaim: filesystems,
    images: (_, { removedImages }) =>
      node.images
        .images()
        .filter(({ id }) => !removedImages.has(id))
        .map((image): ListedImage => ({
          id: image.id,
          sizeBytes: node.images.reportedBytes(image),
          pinned: image.isPinned,
        })),
    imageName: (id) => node.images.find(id)?.names[0],
    imageId: (reference) => node.images.find(reference)?.id,
    imagesInUse(_, { removedContainers }, oneMore) {
      const used = new Set(oneMore === undefined ? [] : [oneMore])
      for (const { containers } of node.pods.values()) {
        for (const { id, imageId } of containers) if (!removedContainers.has(id)) used.add(imageId)
      }
      return used
    },
    podsOfImage: (id) =>
      [...node.pods.values()]
        .filter(({ containers }) => containers.some(({ imageId }) => imageId === id))
        .map(({ uid }) => uid),
    activePods,
    measured: (some) => some,
    limitedPods: (at, effects) => activePods(at, effects).filter(({ limits }) => limits !== undefined),
    steadyUntil(at, effects, levels) {
      const isLimited = activePods(at, effects).some((pod) => mayGetOverLimit(pod, node))
      if (effects !== NO_EFFECTS || isLimited) return at
      const crossings = levels.map(({ signal, value }) => {
        const disk = filesystemOf(signal) === 'nodefs' ? node.disk : node.imageDisk
        return resourceOf(signal) === 'inodes' ? disk.inodesFreeAt(at, value) : disk.availableAt(at, value)
      })
      return Math.min(Infinity, ...crossings.filter((crossing) => crossing > at))
    },
    resourcesGoneAt: (uid, killedAt) => {
      const pod = onNode(uid)
      if (!pod || DELETES_FAILED_PODS.test(controllerOf(pod.object)?.kind ?? '')) return Infinity
      return killedAt + CLEANED_UP_MS + 1000 * (annotatedNumber(pod.object, KILL_SECONDS) ?? 0)
    },
    deadContainers: (_, effects) => [...node.pods.values()].flatMap((pod) => deadOf(pod, effects)),
    arrivals: (after, until) =>
      [...node.pods.values()]
        .filter(({ state, boundAt }) => state === 'arriving' && boundAt > after && boundAt <= until)
        .map((pod) => ({ at: pod.boundAt, pod: simulatedPod(pod, pod.boundAt) })),
  }
}

function isActive(state: PodOnNode['state']): boolean {
  return state === 'starting' || state === 'running'
}

function figures(disk: Disk, at: Instant, freedBytes: number) {
  const { availableBytes, capacityBytes, inodes, inodesFree } = disk.figures(at)
  return {
    availableBytes: Math.min(availableBytes + freedBytes, capacityBytes),
    capacityBytes,
    inodes,
    inodesFree,
    at,
  }
}

/** What the disks gain by removals that the kubelet has decided on in the pass that runs. */
function pendingBytes(node: NodeState, { removedImages, removedContainers }: Effects, at: Instant) {
  const pending = { images: node.images.bytesOf(removedImages.keys()), layers: 0, logs: 0 }
  if (removedContainers.size === 0) return pending
  for (const { containers } of node.pods.values()) {
    for (const { id, layer, log } of containers) {
      if (!removedContainers.has(id)) continue
      pending.layers += bytesAt(layer, at)
      pending.logs += bytesAt(log, at)
    }
  }
  return pending
}

/** A pod as the eviction manager sees it. */
export function simulatedPod(pod: PodOnNode, at: Instant): SimulatedPod {
  const { uid, namespace, name, object } = pod
  const { metadata, spec } = object
  const isMirror = metadata.annotations?.[MIRROR] !== undefined
  return {
    uid,
    namespace,
    name,
    priority: spec.priority,
    requestBytes: spec.containers.reduce(
      (sum, { resources }) => sum + (storage(resources?.requests) ?? 0),
      0,
    ),
    usage: usageOf(pod, at),
    isMirror,
    isStatic: isMirror,
    hasCriticalMirror: (spec.priority ?? 0) >= 2_000_000_000,
    limits: limitsOf(pod, at),
    graceMs: (spec.terminationGracePeriodSeconds ?? 30) * 1000,
  }
}

/** Running containers count, and volumes (semantics §3.5); a pod without a running container has no figures. */
function usageOf({ containers, volumes, object }: PodOnNode, at: Instant): PodDiskUsage | undefined {
  const running = containers.filter(({ isRunning }) => isRunning)
  if (running.length === 0) return undefined
  const local = [...volumes].filter(([name]) => isEmptyDir(object, name)).map(([, part]) => part)
  const sum = <T>(items: readonly T[], of: (item: T) => number) =>
    items.reduce((total, item) => total + of(item), 0)
  return {
    writableBytes: sum(running, ({ layer }) => bytesAt(layer, at)),
    logBytes: sum(running, ({ log }) => bytesAt(log, at)),
    volumeBytes: sum(local, (part) => bytesAt(part, at)),
    writableInodes: sum(running, ({ layer }) => inodesAt(layer, at)),
    logInodes: sum(running, ({ log }) => inodesAt(log, at)),
    volumeInodes: sum(local, (part) => inodesAt(part, at)),
  }
}

/** Whether a volume of a pod is an emptyDir on disk. */
export function isEmptyDir({ spec }: PodOnNode['object'], name: string): boolean {
  return (spec.volumes ?? []).some(
    (volume) => volume.name === name && volume.emptyDir?.medium !== 'Memory' && volume.emptyDir !== undefined,
  )
}

function limitsOf({ uid, object, containers, volumes }: PodOnNode, at: Instant): LimitedPod | undefined {
  const { spec } = object
  const sized = (spec.volumes ?? []).filter(({ emptyDir }) => emptyDir?.sizeLimit !== undefined)
  const limited = spec.containers.filter(({ resources }) => storage(resources?.limits) !== undefined)
  if (sized.length === 0 && limited.length === 0) return undefined
  const used = (volume: string) => {
    const part = volumes.get(volume)
    return part ? bytesAt(part, at) : 0
  }
  return {
    uid,
    emptyDirs: sized.map(({ name, emptyDir }) => ({
      name,
      limitBytes: parseQuantity(emptyDir?.sizeLimit ?? ''),
      usedBytes: used(name),
    })),
    containers: spec.containers.map(({ name, resources }) => {
      const running = containers.find((one) => one.name === name && one.isRunning)
      return {
        name,
        limitBytes: storage(resources?.limits),
        writableBytes: running ? bytesAt(running.layer, at) : 0,
        logBytes: running ? bytesAt(running.log, at) : 0,
      }
    }),
    volumeBytes: [...volumes.keys()]
      .filter((name) => isEmptyDir(object, name))
      .reduce((sum, name) => sum + used(name), 0),
  }
}

/** Whether a pod that is within its limits grows; or is over one, and exempt. */
function mayGetOverLimit(pod: SimulatedPod, node: NodeState): boolean {
  if (!pod.limits) return false
  const on = node.pods.get(pod.uid)
  const parts = [
    ...(on?.volumes.values() ?? []),
    ...(on?.containers ?? []).flatMap(({ layer, log }) => [layer, log]),
  ]
  const grows = parts.some(({ bytesPerSecond }) => bytesPerSecond > 0)
  return (
    grows ||
    exceededLimit(pod.limits, node.imageDisk === node.disk ? 'single' : 'dedicated-image', node.version) !==
      undefined
  )
}

function storage(quantities: Readonly<Record<string, string>> | undefined): number | undefined {
  const text = quantities?.['ephemeral-storage']
  return text === undefined ? undefined : parseQuantity(text)
}

function deadOf(pod: PodOnNode, { removedContainers, evicted }: Effects): DeadContainer[] {
  const isEvicted = pod.evictedAt !== undefined || evicted.has(pod.uid)
  const hasRunning = pod.containers.some(({ isRunning }) => isRunning)
  const isDeleted = !pod.isInApi || pod.object.metadata.deletionTimestamp !== undefined
  return (
    pod.containers
      // One that is evicted and not dead yet still keeps the eviction manager waiting.
      .filter(({ id, isRunning }) => (!isRunning || isEvicted) && !removedContainers.has(id))
      .map((container) => ({
        ...listed(container, pod),
        isPodGone: isEvicted || (isDeleted && !hasRunning),
        isPodFinished: isEnded(pod.object),
      }))
  )
}

function listed(
  { id, name, createdAt, isRunning }: ContainerOnNode,
  { uid, namespace, name: podName }: PodOnNode,
) {
  return {
    id,
    podUid: uid,
    pod: `${namespace}/${podName}`,
    name,
    state: isRunning ? ('RUNNING' as const) : ('EXITED' as const),
    createdAt,
  }
}
