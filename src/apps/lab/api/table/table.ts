import type { KubernetesObject } from '../../store/kubernetes-object.ts'
import type { ServedResource } from '../../store/resources.ts'
import { AGE, ageOf, at, NAME, shown, textAt, type Column } from './columns.ts'
import { CONFIGURATION_COLUMNS } from './configuration-columns.ts'
import { EVENT_COLUMNS } from './event-columns.ts'
import { NODE_COLUMNS } from './node-columns.ts'
import { POD_COLUMNS } from './pod-columns.ts'
import { CLAIM_COLUMNS, VOLUME_COLUMNS } from './storage-columns.ts'
import {
  DAEMON_SET_COLUMNS,
  DEPLOYMENT_COLUMNS,
  REPLICA_SET_COLUMNS,
  SERVICE_COLUMNS,
  STATEFUL_SET_COLUMNS,
} from './workload-columns.ts'

const COLUMNS: Partial<Record<string, readonly Column[]>> = {
  ...CONFIGURATION_COLUMNS,
  Node: NODE_COLUMNS,
  Pod: POD_COLUMNS,
  PersistentVolumeClaim: CLAIM_COLUMNS,
  PersistentVolume: VOLUME_COLUMNS,
  StatefulSet: STATEFUL_SET_COLUMNS,
  Deployment: DEPLOYMENT_COLUMNS,
  ReplicaSet: REPLICA_SET_COLUMNS,
  DaemonSet: DAEMON_SET_COLUMNS,
  Service: SERVICE_COLUMNS,
  Event: EVENT_COLUMNS,
  Namespace: [NAME, shown('Status', (namespace) => textAt(namespace, 'status.phase')), AGE],
  StorageClass: [
    NAME,
    shown('Provisioner', (one) => textAt(one, 'provisioner')),
    shown('ReclaimPolicy', (one) => textAt(one, 'reclaimPolicy', 'Delete')),
    shown('VolumeBindingMode', (one) => textAt(one, 'volumeBindingMode', 'Immediate')),
    shown('AllowVolumeExpansion', (one) => at(one, 'allowVolumeExpansion') === true),
    AGE,
  ],
  Lease: [NAME, shown('Holder', (lease) => textAt(lease, 'spec.holderIdentity')), AGE],
}
const PLAIN: readonly Column[] = [
  NAME,
  shown('Created At', ({ metadata }) => metadata.creationTimestamp, 'date'),
]

/** Which part of an object a row carries. */
export type IncludedObject = 'None' | 'Metadata' | 'Object'

/** Makes tables of objects of one resource, as the API server of a minor version prints them for kubectl. */
export function tableMaker(
  resource: ServedResource,
  version: string,
  include: IncludedObject,
  { now, minor }: { now: () => number; minor: number },
) {
  const columns = columnsOf(resource, version).filter(
    ({ since = 0, below = Infinity }) => minor >= since && minor < below,
  )
  const row = (object: KubernetesObject) => ({
    cells: columns.map(({ cell }) => cell(object, now())),
    object: included(object, include),
  })
  /** @param isFollowing a watch tells the columns once */
  return (objects: readonly KubernetesObject[], metadata: object, isFollowing = false) => ({
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: isFollowing
      ? null
      : columns.map(({ name, type, format = '', priority }) => ({
          name,
          type,
          format,
          description: '',
          priority,
        })),
    rows: objects.map(row),
  })
}

function included(object: KubernetesObject, include: IncludedObject): object | null {
  if (include === 'None') return null
  if (include === 'Object') return object
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata }
}

function columnsOf({ kind, custom }: ServedResource, version: string): readonly Column[] {
  if (custom === undefined) return COLUMNS[kind] ?? PLAIN
  const own = custom[version] ?? []
  const added = own.map(({ name, type, jsonPath, priority = 0 }): Column => {
    const path = jsonPath.replace(/^\./, '')
    const cell: Column['cell'] = (object, now) =>
      type === 'date' ? ageOf(at(object, path), now) : (at(object, path) ?? null)
    return { name, type: type === 'integer' ? 'integer' : 'string', priority: priority > 0 ? 1 : 0, cell }
  })
  return [NAME, ...added, ...(own.length === 0 ? [AGE] : [])]
}
