import type { FoldedFact } from '../explain/facts/fact.ts'
import type { KubeletConfiguration } from '../kubernetes/kubelet-configuration.ts'
import type { PersistentVolume } from '../kubernetes/persistent-volume.ts'
import type { Pod } from '../kubernetes/pod.ts'
import type { DiskAttribution } from './attribution/disk-attribution.ts'
import type { DiskPressure } from './disk-pressure.ts'
import type { Instant } from '../units/instant.ts'
import type { FilesystemReading, ObservedImage, Part, SeenOnNode, SummaryView } from './observation.ts'
import type { ImplausibleReading } from './plausible-readings.ts'

/** All that a patrol knows of a Node by now: this round's observation and what it remembers. */
export interface NodeView extends SeenOnNode {
  name: string
  observedAt: Instant
  kubeletVersion?: string
  containerRuntimeVersion?: string
  /** What the kubelet's `--pod-infra-container-image` says; absent where nothing tells. */
  sandboxImage?: string
  /** When the kubelet last started, as far as is known; absent where nothing tells. */
  kubeletStartedAt?: Instant
  /** Whether the Node's condition says that it is under DiskPressure; absent where it is not known. */
  diskPressure?: Part<DiskPressure>
  kubeletConfiguration?: Part<KubeletConfiguration>
  images?: Part<readonly ObservedImage[]>
  /** Where the bytes were when that was looked at before: what grew since then. */
  earlierDiskAttribution?: Part<readonly DiskAttribution[]>
  /** The latest summaries, oldest first. */
  summaries: readonly Part<SummaryView>[]
  /** The pods of this node. */
  pods?: Part<readonly Pod[]>
  persistentVolumes?: Part<readonly PersistentVolume[]>
  imageNames: Readonly<Record<string, readonly string[]>>
  /** The latest readings of the kubelet's filesystem, oldest first. */
  readings: readonly FilesystemReading[]
  /** The latest readings of the filesystem with the images, oldest first; absent where that is the kubelet's own, or has none. */
  imagefsReadings?: readonly FilesystemReading[]
  /** Readings over a longer time, at most one a minute, oldest first: what a trend is told from. */
  history: readonly FilesystemReading[]
  /** Readings that say what cannot be: those of late, and those after which the clock had gone back. */
  implausibleReadings?: readonly ImplausibleReading[]
  facts: readonly FoldedFact[]
}

/** A volume whose bytes are on the node's own disk, and in no statistic (semantics §7.2). */
export interface UncountedVolume {
  kind: 'persistent-volume' | 'host-path'
  /** Of the PersistentVolume, or of the pod's volume. */
  name: string
  path: string
  /** `namespace/claim`; absent for a hostPath and for an unclaimed volume. */
  claim?: string
  /** `namespace/name` of the pods that use it. */
  pods: readonly string[]
}

/** Whether images are on a filesystem of their own; until the kubelet says so, they are taken to be on its own. */
export function hasOwnImageFilesystem({ summaries }: Pick<NodeView, 'summaries'>): boolean {
  const told = summaries.findLast(({ value }) => value.isSingleFilesystem !== undefined)
  return told?.value.isSingleFilesystem === false
}

/** The local PersistentVolumes that may be on this node, with who uses them, and the hostPaths of its pods. */
export function uncountedVolumes(view: NodeView): UncountedVolume[] {
  return [...localVolumes(view), ...hostPathVolumes(view)]
}

/** `namespace/name` of the pods with an emptyDir on the node's disk, which only the kubelet's next figures show. */
export function podsWithEmptyDir({ pods }: NodeView): string[] {
  const onDisk = ({ emptyDir }: Pod['spec']['volumes'][number]) => emptyDir && emptyDir.medium !== 'Memory'
  return (pods?.value ?? []).filter(({ spec }) => spec.volumes.some(onDisk)).map(podName)
}

/** The local PersistentVolumes that may be on this node. */
export function localVolumes({ name, pods, persistentVolumes }: NodeView): UncountedVolume[] {
  return (persistentVolumes?.value ?? []).flatMap((volume) => {
    const path = volume.spec.local?.path ?? volume.spec.hostPath?.path
    if (path === undefined || !mayBeOn(volume, name)) return []
    const claim = volume.spec.claimRef
    const users = claim === undefined ? [] : (pods?.value ?? []).filter((pod) => uses(pod, claim))
    return {
      kind: 'persistent-volume' as const,
      name: volume.metadata.name,
      path,
      ...(claim === undefined ? {} : { claim: `${claim.namespace}/${claim.name}` }),
      pods: users.map(podName),
    }
  })
}

/** The hostPaths of a node's pods, without those by which a pod looks at the node. */
export function hostPathVolumes({ pods }: NodeView): UncountedVolume[] {
  return (pods?.value ?? []).flatMap((pod) =>
    pod.spec.volumes.flatMap(({ name, hostPath }) =>
      hostPath && !SYSTEM_PATH.test(hostPath.path)
        ? [{ kind: 'host-path' as const, name, path: hostPath.path, pods: [podName(pod)] }]
        : [],
    ),
  )
}

/** Where pods look at the node rather than keep something on it. */
const SYSTEM_PATH = /^\/(?:proc|sys|dev|run|var\/run|etc|lib\/modules|usr|boot)(?:\/|$)|^\/$/

/** `namespace/name` of a pod. */
export function podName({ metadata }: Pod): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`
}

/** `namespace/claim` of every claim a pod names. */
export function claimsOf(pod: Pod): string[] {
  return pod.spec.volumes.flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined
      ? []
      : `${pod.metadata.namespace ?? 'default'}/${persistentVolumeClaim.claimName}`,
  )
}

function mayBeOn(volume: PersistentVolume, nodeName: string): boolean {
  const terms = volume.spec.nodeAffinity?.required?.nodeSelectorTerms ?? []
  const hosts = terms.flatMap(({ matchExpressions }) =>
    matchExpressions.filter(({ key, operator }) => key === 'kubernetes.io/hostname' && operator === 'In'),
  )
  return hosts.length === 0 || hosts.some(({ values }) => values.includes(nodeName))
}

function uses(pod: Pod, claim: { namespace: string; name: string }): boolean {
  return claimsOf(pod).includes(`${claim.namespace}/${claim.name}`)
}
