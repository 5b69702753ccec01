import type { PersistentVolume } from '../kubernetes/persistent-volume.ts'
import type { Pod } from '../kubernetes/pod.ts'
import type { VolumeAttachment } from '../kubernetes/volume-attachment.ts'
import type { ClusterView } from '../observe/cluster-view.ts'
import { namespaceOf } from '../placement/node-facts.ts'

/**
 * The objects of a kind, where every one of them is known: what is not among them does not exist. Undefined where
 * some could not be read, and where they are of an earlier round.
 */
export function wholeList<Kind extends keyof ClusterView['objects']>(
  { objects, gaps }: ClusterView,
  kind: Kind,
): ClusterView['objects'][Kind] | undefined {
  const part = kind.toLowerCase()
  return gaps.some((gap) => gap.part === part) ? undefined : objects[kind]
}

/** The volumes of a cluster by name; undefined while not all are known. */
export function volumesByName(cluster: ClusterView): Map<string, PersistentVolume> | undefined {
  const volumes = wholeList(cluster, 'persistentVolumes')?.value
  return volumes && new Map(volumes.map((volume) => [volume.metadata.name, volume]))
}

/** The attachments of a cluster by the name of their volume; undefined while not all are known. */
export function attachmentsByVolume(cluster: ClusterView): Map<string, VolumeAttachment[]> | undefined {
  return grouped(
    wholeList(cluster, 'volumeAttachments')?.value,
    ({ spec }) => spec.source.persistentVolumeName ?? '',
  )
}

/** The pods of a cluster by namespace; undefined while not all are known. */
export function podsByNamespace(cluster: ClusterView): Map<string, Pod[]> | undefined {
  return grouped(wholeList(cluster, 'pods')?.value, namespaceOf)
}

function grouped<T>(items: readonly T[] | undefined, key: (item: T) => string): Map<string, T[]> | undefined {
  if (!items) return undefined
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
