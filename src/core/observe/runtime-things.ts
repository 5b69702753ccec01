import type { Instant } from '../units/instant.ts'

/** A container that the runtime knows, in whatever state. */
export interface ObservedContainer {
  id: string
  /** Its name within the pod. */
  name: string
  /** 0 for the first one of that name in the pod. */
  attempt: number
  sandboxId: string
  state: 'created' | 'running' | 'exited' | 'unknown'
  createdAt: Instant
  /** The image as it was asked for. */
  image: string
  /** The runtime's id of the image. */
  imageId?: string
  /** Bytes of its writable layer; absent where the runtime does not say. */
  writableLayerBytes?: number
}

/** A sandbox: what a pod is to a runtime. */
export interface ObservedSandbox {
  id: string
  namespace: string
  name: string
  uid: string
  attempt: number
  isReady: boolean
  createdAt: Instant
}

/** A filesystem that the runtime keeps images on, as it counts it. */
export interface RuntimeFilesystem {
  mountPoint: string
  usedBytes: number
  inodesUsed?: number
}
