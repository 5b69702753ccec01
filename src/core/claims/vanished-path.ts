import type { Duration } from '../units/duration.ts'

/** A volume whose data is a path of one node. */
export type PathVolume =
  { kind: 'local'; volumeName: string; path: string } | { kind: 'hostPath'; type: string; path: string }

/** What follows when that path is not there. */
export type VanishedPath =
  /** The kubelet makes a new, empty one, and the pod starts on it. */
  | { kind: 'created' }
  /** The pod stays Pending, bound to the node by the volume's affinity. */
  | { kind: 'blocked'; event: 'FailedMount'; message: string }
  /** Another check of hostPath, which is not modelled. */
  | { kind: 'unknown' }

/**
 * What follows when the path of a volume has vanished (semantics §6.5, all versions): the directory of a
 * local volume is never created by the kubelet, that of a hostPath of type DirectoryOrCreate is.
 */
export function whenPathVanished(volume: PathVolume): VanishedPath {
  if (volume.kind === 'hostPath') {
    return { kind: volume.type === 'DirectoryOrCreate' ? 'created' : 'unknown' }
  }
  const { volumeName, path } = volume
  return {
    kind: 'blocked',
    event: 'FailedMount',
    message: `MountVolume.NewMounter initialization failed for volume "${volumeName}" : path "${path}" does not exist`,
  }
}

/** What a directory that is made anew must have as before for the mount to succeed at its next retry (semantics §6.5); the content is lost all the same. */
export const RECREATED_WITH = ['owner', 'mode', 'selinux-label'] as const

const FIRST_DELAY = 500
const LONGEST_DELAY = 122_000

/** How long after so many failures in a row, at least one, a mount is tried again, in milliseconds (semantics §6.5, all versions): 0.5 s, doubling to 2 m 2 s. */
export function mountRetryDelay(failures: number): Duration {
  return Math.min(FIRST_DELAY * 2 ** (failures - 1), LONGEST_DELAY)
}
