import { z } from 'zod'
import { Event } from '../../../core/kubernetes/event.ts'
import { Configz, type KubeletConfiguration } from '../../../core/kubernetes/kubelet-configuration.ts'
import { Node } from '../../../core/kubernetes/node.ts'
import { PersistentVolumeClaim } from '../../../core/kubernetes/persistent-volume-claim.ts'
import { PersistentVolume } from '../../../core/kubernetes/persistent-volume.ts'
import { Pod } from '../../../core/kubernetes/pod.ts'
import { StorageClass } from '../../../core/kubernetes/storage-class.ts'
import { Summary } from '../../../core/kubernetes/summary.ts'
import type { Instant } from '../../../core/units/instant.ts'
import { namesById } from './image-list.ts'
import { readPart, requireJson } from './read-part.ts'

/** What a recording holds of the cluster and its node at one instant. */
export interface Snapshot {
  name: string
  at: Instant
  nodes: Node[]
  pods: Pod[]
  persistentVolumes: PersistentVolume[]
  persistentVolumeClaims: PersistentVolumeClaim[]
  storageClasses: StorageClass[]
  events: Event[]
  summary: Summary
  configuration: KubeletConfiguration
  /** Names of images by id; empty where the runtime's list was not recorded. */
  imageNames: Record<string, string[]>
}

const ObjectList = z.object({ items: z.array(z.looseObject({ kind: z.string() })) })

/**
 * Reads the parts of one snapshot: `NAME-objects.json`, `-summary.json`, `-configz.json`, and `-images.txt` if there.
 * @throws {KubepatrolError} KP_RECORDING_INCOMPLETE or KP_RECORDING_BROKEN
 */
export async function readSnapshot(directory: string, name: string, at: Instant): Promise<Snapshot> {
  const objects = await requireJson(directory, `${name}-objects.json`, ObjectList)
  const summary = await requireJson(directory, `${name}-summary.json`, Summary)
  const configz = await requireJson(directory, `${name}-configz.json`, Configz)
  const images = await readPart(directory, `${name}-images.txt`)
  return {
    name,
    at,
    nodes: ofKind(objects.items, 'Node', Node),
    pods: ofKind(objects.items, 'Pod', Pod),
    persistentVolumes: ofKind(objects.items, 'PersistentVolume', PersistentVolume),
    persistentVolumeClaims: ofKind(objects.items, 'PersistentVolumeClaim', PersistentVolumeClaim),
    storageClasses: ofKind(objects.items, 'StorageClass', StorageClass),
    events: ofKind(objects.items, 'Event', Event),
    summary,
    configuration: configz.kubeletconfig,
    imageNames: images === undefined ? {} : namesById(images),
  }
}

/** The objects of a kind; one that is not of the kind's shape is no reason to lose the others. */
function ofKind<T extends z.ZodType>(
  items: readonly { kind: string }[],
  kind: string,
  schema: T,
): z.output<T>[] {
  return items
    .filter((item) => item.kind === kind)
    .flatMap((item) => {
      const parsed = schema.safeParse(item)
      return parsed.success ? [parsed.data] : []
    })
}
