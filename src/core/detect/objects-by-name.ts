import type { PersistentVolume } from '../kubernetes/persistent-volume.ts'
import type { Pod } from '../kubernetes/pod.ts'
import type { VolumeAttachment } from '../kubernetes/volume-attachment.ts'
import type { ClusterView } from '../observe/cluster-view.ts'
import { namespaceOf } from '../placement/node-facts.ts'

/** The volumes of a cluster by name; undefined while they are not known. */
export function volumesByName({ objects }: ClusterView): Map<string, PersistentVolume> | undefined {
  const volumes = objects.persistentVolumes?.value
  return volumes && new Map(volumes.map((volume) => [volume.metadata.name, volume]))
}

/** The attachments of a cluster by the name of their volume; undefined while they are not known. */
export function attachmentsByVolume({ objects }: ClusterView): Map<string, VolumeAttachment[]> | undefined {
  return grouped(objects.volumeAttachments?.value, ({ spec }) => spec.source.persistentVolumeName ?? '')
}

/** The pods of a cluster by namespace; undefined while they are not known. */
export function podsByNamespace({ objects }: ClusterView): Map<string, Pod[]> | undefined {
  return grouped(objects.pods?.value, namespaceOf)
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
