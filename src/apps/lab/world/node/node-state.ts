import type { OrphanOutcome } from '../../../../core/kubelet/orphans/clean-up.ts'
import type { PodDirectoryEntry } from '../../../../core/kubelet/orphans/pod-directory.ts'
import type { LogFile } from '../../../../core/kubelet/log-rotation/rotated-files.ts'
import type { KubeletVersion } from '../../../../core/kubelet/kubelet-version.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import type { NodeAddresses } from './node-addresses.ts'
import type { PodObject } from '../objects.ts'
import type { Disk, DiskPart, DiskSize } from './disk.ts'
import type { Image, ImageStore } from './image-store.ts'

/** How a registry answers the nodes of the lab. */
export interface Registry {
  /** What is pulled from it; what is not there is `not found`. */
  images: readonly Image[]
  /** Why nothing can be pulled, in the words of the runtime; absent for a registry that answers. */
  failure?: string
  /** How long a pull takes until it fails, or an image of a gigabyte comes. */
  milliseconds: number
}

/** A node as a scenario describes it. */
export interface NodePlan {
  name: string
  /** Such as `v1.20.2`. */
  kubeletVersion: string
  /** Such as `containerd://1.6.20`. */
  runtime: string
  disk: DiskSize
  /** Of the images and writable layers; absent where they share the node's one. */
  imageDisk?: DiskSize
  /** What is on the disk besides what Kubernetes knows of. */
  otherBytes?: number
  otherInodes?: number
  /** Directories that have something in them, by path: local volumes, host logs. */
  directories?: Readonly<Record<string, number>>
  images: readonly Image[]
  /** The image that the runtime makes sandboxes from. */
  sandboxImage: string
  /** The one that the kubelet's own flag names. */
  sandboxImageFlag?: string
  /** What the kubelet's configuration says besides defaults. */
  configuration?: Readonly<Record<string, unknown>>
  /** Where the directory of static pods does not exist, the kubelet says so every second. */
  isManifestsPathMissing?: boolean
  /** Directories of pods that nobody knows, by UID. */
  orphans?: Readonly<Record<string, readonly PodDirectoryEntry[]>>
  labels?: Readonly<Record<string, string>>
  taints?: readonly { key: string; value?: string; effect: string }[]
  cpu?: string
  memory?: string
  /** Of the kubelet, before the scenario begins; an hour when absent. */
  upSeconds?: number
}

export interface ContainerOnNode {
  id: string
  name: string
  imageId: string
  image: string
  createdAt: Instant
  startedAt: Instant
  isRunning: boolean
  finishedAt: Instant
  exitCode: number
  layer: DiskPart
  /** All files of its log. */
  log: DiskPart
  /** Those that are no longer written. */
  rotated: LogFile[]
}

/** A pod as its kubelet has it. */
export interface PodOnNode {
  uid: string
  namespace: string
  name: string
  /** As it was last seen. */
  object: PodObject
  boundAt: Instant
  sandbox: { id: string; createdAt: Instant } | undefined
  containers: ContainerOnNode[]
  restarts: Map<string, number>
  /** emptyDirs, and the directories of claims, by volume. */
  volumes: Map<string, DiskPart>
  state: 'arriving' | 'rejected' | 'starting' | 'running' | 'ending' | 'ended'
  evictedAt: Instant | undefined
  /** Whether the API still has it. */
  isInApi: boolean
  /** When it and all it had is gone from the node. */
  stop: (() => void)[]
}

/** A node: its disks and what is on them. */
export interface NodeState {
  plan: NodePlan
  addresses: NodeAddresses
  version: KubeletVersion
  isDocker: boolean
  disk: Disk
  imageDisk: Disk
  images: ImageStore
  pods: Map<string, PodOnNode>
  directories: Map<string, DiskPart>
  orphans: Map<string, { entries: readonly PodDirectoryEntry[]; outcome?: OrphanOutcome }>
}
