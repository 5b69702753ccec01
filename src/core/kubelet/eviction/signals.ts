import { isAtLeast, type KubeletVersion } from '../kubelet-version.ts'

/** The eviction signals about disks (semantics §3.1); `containerfs` from 1.29 on. */
export const EVICTION_SIGNALS = [
  'nodefs.available',
  'nodefs.inodesFree',
  'imagefs.available',
  'imagefs.inodesFree',
  'containerfs.available',
  'containerfs.inodesFree',
] as const
export type EvictionSignal = (typeof EVICTION_SIGNALS)[number]

/** What a signal is about, as texts and events name it (semantics §3.1). */
export type StarvedResource = 'ephemeral-storage' | 'inodes'

/** The resource of a signal. */
export function resourceOf(signal: EvictionSignal): StarvedResource {
  return signal.endsWith('.inodesFree') ? 'inodes' : 'ephemeral-storage'
}

const FILESYSTEM: Readonly<Record<EvictionSignal, keyof NodeFilesystems>> = {
  'nodefs.available': 'nodefs',
  'nodefs.inodesFree': 'nodefs',
  'imagefs.available': 'imagefs',
  'imagefs.inodesFree': 'imagefs',
  'containerfs.available': 'containerfs',
  'containerfs.inodesFree': 'containerfs',
}

/** The filesystem that a signal is of. */
export function filesystemOf(signal: EvictionSignal): keyof NodeFilesystems {
  return FILESYSTEM[signal]
}

/** A filesystem as the kubelet's summary shows it. A figure that is missing makes no observation of its signal. */
export interface FilesystemFigures {
  availableBytes?: number | undefined
  capacityBytes?: number | undefined
  inodesFree?: number | undefined
  inodes?: number | undefined
  /** When the figures were taken; undefined where that is not told. */
  at?: number | undefined
}

/** The filesystems of a node, by the kubelet's names. */
export interface NodeFilesystems {
  nodefs?: FilesystemFigures | undefined
  imagefs?: FilesystemFigures | undefined
  containerfs?: FilesystemFigures | undefined
}

/** What is observed of one signal. */
export interface SignalObservation {
  available: number
  capacity: number
  at?: number | undefined
}

export type SignalObservations = Partial<Record<EvictionSignal, SignalObservation>>

/** Every signal that can be observed (semantics §3.1): up to 1.28 the inodes of imagefs only where its bytes are known too. */
export function observeSignals(filesystems: NodeFilesystems, version: KubeletVersion): SignalObservations {
  const observations: SignalObservations = {}
  for (const signal of EVICTION_SIGNALS) {
    const figures = filesystems[filesystemOf(signal)]
    const [available, capacity] =
      resourceOf(signal) === 'inodes'
        ? [figures?.inodesFree, figures?.inodes]
        : [figures?.availableBytes, figures?.capacityBytes]
    if (available !== undefined && capacity !== undefined) {
      observations[signal] = { available, capacity, at: figures?.at }
    }
  }
  if (!isAtLeast(version, 29) && !observations['imagefs.available']) delete observations['imagefs.inodesFree']
  return observations
}
