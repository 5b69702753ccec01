import type { Fact } from '../explain/facts/fact.ts'
import type { KubeletConfiguration } from '../kubernetes/kubelet-configuration.ts'
import type { Node } from '../kubernetes/node.ts'
import type { PersistentVolumeClaim } from '../kubernetes/persistent-volume-claim.ts'
import type { PersistentVolume } from '../kubernetes/persistent-volume.ts'
import type { Pod } from '../kubernetes/pod.ts'
import type { StatefulSet } from '../kubernetes/stateful-set.ts'
import type { StorageClass } from '../kubernetes/storage-class.ts'
import type { VolumeAttachment } from '../kubernetes/volume-attachment.ts'
import type { Instant } from '../units/instant.ts'
import type { DiskAttribution } from './attribution/disk-attribution.ts'
import type { ObservedContainer, ObservedSandbox, RuntimeFilesystem } from './runtime-things.ts'
import type { OrphanedDirectory } from './orphaned-directory.ts'
import type { ReadOnlyDisk } from './read-only-disk.ts'
import type { Gap } from './gap.ts'
import type { Pullability } from './pullability.ts'

/** A part of an observation with its source and age. A part that could not be had is absent, never zero. */
export interface Part<T> {
  value: T
  /** What said it, such as `stats/summary` or `statfs`. */
  source: string
  observedAt: Instant
  /** Who was there: an agent on the node; absent for what was asked from outside, or by the agent itself. */
  seenBy?: 'agent'
}

/** One reading of a filesystem: bytes and inodes that are there, free, and free for unprivileged processes. */
export interface FilesystemReading {
  at: Instant
  capacityBytes: number
  /** What an unprivileged process may still use (statfs `f_bavail`): the number the kubelet compares. */
  availableBytes: number
  /** What is in use, root-reserved blocks not counted. */
  usedBytes: number
  inodes: number
  inodesFree: number
}

/** An image on the node, as the runtime lists it. */
export interface ObservedImage {
  /** The runtime's id (`sha256:…`); absent where only names are known. */
  id?: string
  names: readonly string[]
  /** The size the runtime reports, which is not what its removal frees (semantics §1.8). */
  reportedBytes?: number
  /**
   * Bytes on the disk that no other image and no lease of the runtime holds: its content and its unpacked layers, in
   * blocks. Its removal frees them once no container runs from it. Absent where nothing tells.
   */
  onDiskBytes?: number
  /** True where the runtime says that it is pinned; absent where it does not. */
  isPinned?: true
  /** When a container was last known to be made of it, running or ended, as far as is remembered. */
  lastUsedAt?: Instant
  /** Whether the node could pull it again, as registries answered; absent where none was asked. */
  pullable?: Pullability
}

/** What a pod uses, as the kubelet's summary counts it. */
export interface PodUsage {
  namespace: string
  name: string
  uid: string
  logsBytes: number
  rootfsBytes: number
  /** Volumes that the kubelet counts (emptyDir and the like, semantics §3.5). */
  localVolumesBytes: number
  /** The same container by container, and volume by volume. */
  containers?: readonly { name: string; logsBytes: number; rootfsBytes: number }[]
  localVolumes?: readonly { name: string; usedBytes: number }[]
  /** Inodes of all of it together; absent where the kubelet counts none. */
  inodes?: number
}

/** The kubelet's own account of where the bytes are. */
export interface SummaryView {
  pods: readonly PodUsage[]
  /** The filesystems that claims of the node's pods are on, as large as they are: a local volume shows that of its directory (semantics §7.2). */
  claimFilesystems?: readonly { claim: string; capacityBytes: number; inodes: number }[]
  /** Bytes of the runtime's snapshots: unpacked image layers and writable layers. */
  imageFsUsedBytes?: number
  /** True when images and kubelet data are on one filesystem. */
  isSingleFilesystem?: boolean
  /** The filesystem that the images are on. */
  imageFs?: { capacityBytes: number; availableBytes: number; inodes?: number; inodesFree?: number }
}

/** What is heard of the agent on a node. */
export interface AgentHearing {
  /** By the clock of who heard it. */
  heardAt: Instant
  /** False once it has been silent for too long. */
  isHeard: boolean
}

/** What only somebody on the node itself sees of it. */
export interface SeenOnNode {
  /** Containers in every state, as the runtime lists them. */
  containers?: Part<readonly ObservedContainer[]>
  sandboxes?: Part<readonly ObservedSandbox[]>
  /** The filesystems that images are on, as the runtime counts them. */
  runtimeFilesystems?: Part<readonly RuntimeFilesystem[]>
  /** Where the bytes are, filesystem by filesystem. */
  diskAttribution?: Part<readonly DiskAttribution[]>
  /** Directories of pods without a sandbox: gone, or not started yet. */
  orphanedDirectories?: Part<readonly OrphanedDirectory[]>
  /** The filesystems that kubelet, runtime or logs are on and that nothing can be written to; none is an empty list. */
  readOnlyDisks?: Part<readonly ReadOnlyDisk[]>
  /** Of the agent that hands over what it sees; absent where there is none. */
  agent?: AgentHearing
}

/** What is known of one Node at an instant. */
export interface NodeObservation extends SeenOnNode {
  name: string
  kubeletVersion?: string
  /** Such as `containerd://1.6.20`. */
  containerRuntimeVersion?: string
  /** The image that the kubelet's flag `--pod-infra-container-image` names; absent where that is not known. */
  sandboxImage?: string
  /** When the kubelet last started: what it remembered of images before then is lost (semantics §1.2); absent where nothing tells. */
  kubeletStartedAt?: Instant
  kubeletConfiguration?: Part<KubeletConfiguration>
  summary?: Part<SummaryView>
  images?: Part<readonly ObservedImage[]>
  /** Its pods as the controller told its agent; the pods of the cluster count for more. Never handed over, nor saved. */
  pods?: Part<readonly Pod[]>
  /** Names of images by id, learned since the last round; also of images that are gone by now. */
  imageNames: Readonly<Record<string, readonly string[]>>
  /** Readings of the kubelet's filesystem since the last round, oldest first. */
  nodefs: readonly FilesystemReading[]
  /** Readings of the filesystem with the images since the last round, oldest first; absent where that is the kubelet's own, or has none. */
  imagefs?: readonly FilesystemReading[]
  /** What log lines and events stated since the last round. */
  facts: readonly Fact[]
}

/** What is known of the cluster and its nodes at an instant. */
export interface Observation {
  observedAt: Instant
  cluster: {
    pods?: Part<readonly Pod[]>
    persistentVolumes?: Part<readonly PersistentVolume[]>
    persistentVolumeClaims?: Part<readonly PersistentVolumeClaim[]>
    storageClasses?: Part<readonly StorageClass[]>
    nodes?: Part<readonly Node[]>
    statefulSets?: Part<readonly StatefulSet[]>
    volumeAttachments?: Part<readonly VolumeAttachment[]>
  }
  nodes: readonly NodeObservation[]
  /** What events since the last round state of no node. */
  facts?: readonly Fact[]
  /** What could not be observed, and why. */
  gaps?: readonly Gap[]
}
