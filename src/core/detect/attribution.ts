import type { PodReference } from '../explain/facts/fact.ts'
import {
  podsWithEmptyDir,
  uncountedVolumes,
  type NodeView,
  type UncountedVolume,
} from '../observe/node-view.ts'
import type { ObservedImage, Part, SummaryView } from '../observe/observation.ts'
import type { Instant } from '../units/instant.ts'
import type { Fall } from './free-space-fall.ts'

/** Something the kubelet counts that grew while free space fell. */
export interface Growth {
  /** `containers`: logs and writable layers together, as an eviction counts them. */
  kind: 'log' | 'local-volumes' | 'writable-layer' | 'containers' | 'images'
  /** `namespace/name`; absent for images. */
  pod?: string
  bytes: number
}

/** Where the bytes of a fall are. */
export interface Attribution {
  /** Bytes more than before that are in no image, no container log, no writable layer and no counted volume. */
  unattributedBytes: number
  /** The age of the figures this was reckoned with. */
  countedAt: Instant
  /** What is known to have grown by a good part of the fall, largest first. */
  grown: readonly Growth[]
  /** Who may hold the unattributed bytes: volumes that no statistic counts. */
  suspects: readonly UncountedVolume[]
  /** Pods whose emptyDir may hold them, when the figures are older than the fall. */
  emptyDirPods: readonly string[]
}

const GOOD_PART = 0.2

/**
 * Compares the bytes in use at both ends of a fall with what the kubelet counted (semantics §7.2):
 * the summary before it, and one from after it where there is one already.
 */
export function attributeFall(view: NodeView, fall: Fall): Attribution | undefined {
  const before = view.summaries.findLast(({ observedAt }) => observedAt <= fall.to.at)
  if (!before) return undefined
  const after = view.summaries.findLast(({ observedAt }) => observedAt > fall.to.at)
  const fell = fall.from.available - fall.to.available
  const counted = after ?? before
  const grown = (after ? growth(before.value, after.value) : evictedGrowth(view, before.value)).filter(
    ({ bytes }) => bytes >= GOOD_PART * fell,
  )
  const explained = after ? 0 : grown.reduce((total, { bytes }) => total + bytes, 0)
  const unattributedBytes = Math.max(
    0,
    unattributed(view, fall.to.at, counted) -
      Math.max(0, unattributed(view, fall.from.at, before)) -
      explained,
  )
  const isUnexplained = unattributedBytes >= GOOD_PART * fell
  return {
    unattributedBytes,
    countedAt: counted.observedAt,
    grown,
    suspects: isUnexplained ? uncountedVolumes(view) : [],
    emptyDirPods: isUnexplained && !after ? podsWithEmptyDir(view) : [],
  }
}

function unattributed(view: NodeView, at: Instant, { value }: Part<SummaryView>): number {
  const reading = view.readings.findLast((candidate) => candidate.at <= at)
  return (reading?.usedBytes ?? 0) - countedBytes(view, value)
}

/** Every byte the kubelet counts: images, container logs, writable layers, and volumes on the node's disk. */
function countedBytes({ images, containerRuntimeVersion }: NodeView, summary: SummaryView): number {
  const pods = summary.pods.reduce(
    (total, { logsBytes, localVolumesBytes }) => total + logsBytes + localVolumesBytes,
    0,
  )
  return pods + (summary.imageFsUsedBytes ?? 0) + contentBytes(containerRuntimeVersion, images?.value ?? [])
}

/**
 * containerd keeps the compressed content of an image beside its unpacked layers, and reports just
 * that as the image's size (semantics §1.8); other runtimes keep no such copy.
 */
function contentBytes(containerRuntimeVersion: string | undefined, images: readonly ObservedImage[]): number {
  if (!containerRuntimeVersion?.startsWith('containerd://')) return 0
  return images.reduce((total, { reportedBytes }) => total + (reportedBytes ?? 0), 0)
}

/** What evicted pods grew by since a summary: the eviction's own message is fresher (semantics §3.11). */
function evictedGrowth({ facts }: NodeView, before: SummaryView): Growth[] {
  return facts.flatMap(({ id, fields }): Growth[] => {
    const { pods, usageBytes } = fields
    if (id !== 'pod-evicted' || typeof usageBytes !== 'number' || !Array.isArray(pods)) return []
    const [evicted] = pods as PodReference[]
    const was = before.pods.find(({ uid }) => uid === evicted?.uid)
    const bytes = usageBytes - (was ? was.logsBytes + was.rootfsBytes : 0)
    return [{ kind: 'containers', ...(was ? { pod: `${was.namespace}/${was.name}` } : {}), bytes }]
  })
}

function growth(before: SummaryView, after: SummaryView): Growth[] {
  const earlier = new Map(before.pods.map((pod) => [pod.uid, pod]))
  const ofPods = after.pods.flatMap((pod): Growth[] => {
    const was = earlier.get(pod.uid)
    const name = `${pod.namespace}/${pod.name}`
    return [
      { kind: 'log', pod: name, bytes: pod.logsBytes - (was?.logsBytes ?? 0) },
      { kind: 'writable-layer', pod: name, bytes: pod.rootfsBytes - (was?.rootfsBytes ?? 0) },
      { kind: 'local-volumes', pod: name, bytes: pod.localVolumesBytes - (was?.localVolumesBytes ?? 0) },
    ]
  })
  const layers = ofPods
    .filter(({ kind }) => kind === 'writable-layer')
    .reduce((total, { bytes }) => total + bytes, 0)
  const images: Growth = {
    kind: 'images',
    bytes: (after.imageFsUsedBytes ?? 0) - (before.imageFsUsedBytes ?? 0) - layers,
  }
  return [...ofPods, images].toSorted((a, b) => b.bytes - a.bytes)
}
