import type { KubernetesObject } from '../../store/kubernetes-object.ts'
import { AGE, at, NAME, shown, textAt, wide, type Column } from './columns.ts'

const MODES: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}
const modes = (object: KubernetesObject, path: string) => {
  const value = at(object, path)
  return Array.isArray(value) ? value.map((mode) => MODES[String(mode)] ?? String(mode)).join(',') : ''
}
/** Being deleted is no phase, but shown as one. */
const phase = (object: KubernetesObject) =>
  object.metadata.deletionTimestamp === undefined ? textAt(object, 'status.phase') : 'Terminating'
const volumeMode = wide('VolumeMode', (object) => textAt(object, 'spec.volumeMode', '<unset>'))
const storageClass = shown('StorageClass', (object) => textAt(object, 'spec.storageClassName'))
const attributesClass = { ...shown('VolumeAttributesClass', () => '<unset>'), since: 29 }

/** The columns of `kubectl get pvc`. */
export const CLAIM_COLUMNS: readonly Column[] = [
  NAME,
  shown('Status', phase),
  shown('Volume', (claim) => textAt(claim, 'spec.volumeName')),
  shown('Capacity', (claim) => textAt(claim, 'status.capacity.storage')),
  shown('Access Modes', (claim) => modes(claim, 'status.accessModes')),
  storageClass,
  attributesClass,
  AGE,
  volumeMode,
]

/** The columns of `kubectl get pv`. */
export const VOLUME_COLUMNS: readonly Column[] = [
  NAME,
  shown('Capacity', (volume) => textAt(volume, 'spec.capacity.storage')),
  shown('Access Modes', (volume) => modes(volume, 'spec.accessModes')),
  shown('Reclaim Policy', (volume) => textAt(volume, 'spec.persistentVolumeReclaimPolicy')),
  shown('Status', phase),
  shown('Claim', (volume) => {
    const name = textAt(volume, 'spec.claimRef.name')
    return name === '' ? '' : `${textAt(volume, 'spec.claimRef.namespace')}/${name}`
  }),
  storageClass,
  attributesClass,
  shown('Reason', (volume) => textAt(volume, 'status.reason')),
  AGE,
  volumeMode,
]
