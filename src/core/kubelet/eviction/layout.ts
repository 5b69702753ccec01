import { isAtLeast, type KubeletVersion } from '../kubelet-version.ts'
import { filesystemOf, resourceOf, type EvictionSignal } from './signals.ts'

/**
 * How a node's data lies on filesystems (semantics §3.3): all on one; images and writable layers on one
 * of their own; or only the images on one of their own (from 1.29 on, CRI-O).
 */
export type FilesystemLayout = 'single' | 'dedicated-image' | 'split-container'

/** The devices that a node's filesystems are on, as the kubelet learns of them in its first pass. */
export interface FilesystemDevices {
  nodefs: string
  /** Of the images. */
  imagefs: string
  /** Of the writable layers; absent where the runtime does not tell it, as with every one but CRI-O from 1.29 on. */
  containerfs?: string | undefined
}

/** How a kubelet takes a node's filesystems to lie (semantics §3.3), once until its restart: before 1.29 it knows of no split. */
export function filesystemLayout(
  { nodefs, imagefs, containerfs = imagefs }: FilesystemDevices,
  version: KubeletVersion,
): FilesystemLayout {
  if (isAtLeast(version, 29) && containerfs !== imagefs) return 'split-container'
  return imagefs === nodefs ? 'single' : 'dedicated-image'
}

/** What the kubelet can reclaim without killing a pod, and whose bytes count in the ranking. */
export interface SignalResponse {
  /** In this order (semantics §3.5). */
  reclaims: readonly ('containers' | 'images')[]
  /** Writable layers (R), container logs (L), local volumes (V). */
  measures: readonly ('writable-layers' | 'logs' | 'volumes')[]
}

const ALL: SignalResponse['measures'] = ['writable-layers', 'logs', 'volumes']
const BOTH: SignalResponse['reclaims'] = ['containers', 'images']

const RESPONSES: Readonly<
  Record<FilesystemLayout, Readonly<Record<'nodefs' | 'imagefs' | 'containerfs', SignalResponse>>>
> = {
  single: {
    nodefs: { reclaims: BOTH, measures: ALL },
    imagefs: { reclaims: BOTH, measures: ALL },
    containerfs: { reclaims: BOTH, measures: ALL },
  },
  'dedicated-image': {
    nodefs: { reclaims: [], measures: ['logs', 'volumes'] },
    imagefs: { reclaims: BOTH, measures: ['writable-layers'] },
    containerfs: { reclaims: BOTH, measures: ['writable-layers'] },
  },
  'split-container': {
    nodefs: { reclaims: ['containers'], measures: ALL },
    imagefs: { reclaims: ['images'], measures: [] },
    containerfs: { reclaims: ['containers'], measures: ALL },
  },
}

/** What the kubelet does about a signal in a layout (semantics §3.5). */
export function responseTo(signal: EvictionSignal, layout: FilesystemLayout): SignalResponse {
  return RESPONSES[layout][filesystemOf(signal)]
}

/**
 * Whether the eviction manager acts at all (semantics §3.3): on a split layout 1.29 and 1.30 do so only
 * with the gate KubeletSeparateDiskGC, which is off by default there.
 */
export function canEvict(
  layout: FilesystemLayout,
  version: KubeletVersion,
  separateDiskGc?: boolean,
): boolean {
  if (layout !== 'split-container') return true
  return isAtLeast(version, 29) && (separateDiskGc ?? isAtLeast(version, 31))
}

/** Whether a pod's request for ephemeral storage is what its usage is compared with: for inodes there is none (semantics §3.7). */
export function hasRequestFor(signal: EvictionSignal): boolean {
  return resourceOf(signal) === 'ephemeral-storage'
}
