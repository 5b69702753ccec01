import type { Answer } from './cluster-api.ts'
import type { ObservedImage } from './observation.ts'
import type { ObservedContainer, ObservedSandbox, RuntimeFilesystem } from './runtime-things.ts'

/** What a container runtime says of itself. */
export interface RuntimeIdentity {
  /** Such as `containerd`. */
  name: string
  version: string
  /** Where it keeps images and containers, where it says so: a path of the host. */
  rootDirectory?: string
}

/** How much a container's writable layer holds. */
export interface WritableLayer {
  containerId: string
  usedBytes: number
}

/** A node's container runtime, read only. Nothing of it throws: what cannot be had is a gap. */
export interface ContainerRuntime {
  identity(): Promise<Answer<RuntimeIdentity>>
  images(): Promise<Answer<readonly ObservedImage[]>>
  containers(): Promise<Answer<readonly ObservedContainer[]>>
  sandboxes(): Promise<Answer<readonly ObservedSandbox[]>>
  filesystems(): Promise<Answer<readonly RuntimeFilesystem[]>>
  writableLayers(): Promise<Answer<readonly WritableLayer[]>>
  /** Lets go of the connection. */
  close(): void
}
