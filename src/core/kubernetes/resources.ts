import type { z } from 'zod'
import { Event } from './event.ts'
import { Node } from './node.ts'
import type { ObjectMeta } from './object-meta.ts'
import { PersistentVolumeClaim } from './persistent-volume-claim.ts'
import { PersistentVolume } from './persistent-volume.ts'
import { Pod } from './pod.ts'
import { StatefulSet } from './stateful-set.ts'
import { StorageClass } from './storage-class.ts'
import { VolumeAttachment } from './volume-attachment.ts'

/** A kind of object as the API serves it. */
interface Resource<T extends { metadata: ObjectMeta }> {
  /** Where it is served, best first: an older server may know only a later one. */
  groupVersions: readonly [string, ...string[]]
  isNamespaced: boolean
  schema: z.ZodType<T>
}

function resource<T extends { metadata: ObjectMeta }>(
  schema: z.ZodType<T>,
  scope: 'cluster' | 'namespace',
  ...groupVersions: readonly [string, ...string[]]
): Resource<T> {
  return { schema, isNamespaced: scope === 'namespace', groupVersions }
}

/** What a patrol lists and watches, by the resource's name in the API; Kubernetes 1.14 and newer. */
export const RESOURCES = {
  nodes: resource(Node, 'cluster', 'api/v1'),
  pods: resource(Pod, 'namespace', 'api/v1'),
  persistentvolumeclaims: resource(PersistentVolumeClaim, 'namespace', 'api/v1'),
  persistentvolumes: resource(PersistentVolume, 'cluster', 'api/v1'),
  storageclasses: resource(StorageClass, 'cluster', 'apis/storage.k8s.io/v1'),
  volumeattachments: resource(
    VolumeAttachment,
    'cluster',
    'apis/storage.k8s.io/v1',
    'apis/storage.k8s.io/v1beta1',
  ),
  statefulsets: resource(StatefulSet, 'namespace', 'apis/apps/v1'),
  events: resource(Event, 'namespace', 'api/v1'),
} as const
export type ResourceName = keyof typeof RESOURCES
export const RESOURCE_NAMES = Object.keys(RESOURCES) as ResourceName[]

/** An object of a resource. */
export type ObjectOf<N extends ResourceName> = z.output<(typeof RESOURCES)[N]['schema']>

/** The schema of a resource's objects. */
export function schemaOf<N extends ResourceName>(name: N): z.ZodType<ObjectOf<N>> {
  return RESOURCES[name].schema as z.ZodType<ObjectOf<N>>
}
