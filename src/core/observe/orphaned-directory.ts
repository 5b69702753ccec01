/** A directory below the kubelet's `pods` that belongs to no sandbox of the runtime, and what holds it. All names are fit to be shown. */
export interface OrphanedDirectory {
  uid: string
  path: string
  /** Where something is mounted in it, in whatever mount namespace. */
  mounts: readonly string[]
  /** Processes that have a file of it open, or work in it, such as `java (4711)`. */
  processes: readonly string[]
  /** Directories of volumes with something in them, though nothing is mounted there. */
  data: readonly string[]
}
