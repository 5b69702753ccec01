import { invalid } from '../store/api-refusal.ts'
import { recordOf, type KubernetesObject, type NewObject } from '../store/kubernetes-object.ts'
import type { ServedResource } from '../store/resources.ts'
import { withPodDefaults } from './pod-defaults.ts'
import { withWorkloadDefaults } from './workload-defaults.ts'

const NAME = /^[a-z0-9]([-a-z0-9.:]*[a-z0-9])?$/
const LONGEST_NAME = 253

/** @throws {ApiRefusal} Invalid for a name that Kubernetes does not take */
export function checkName(resource: ServedResource, { name, generateName }: NewObject['metadata']): void {
  if (!name && !generateName) {
    throw invalid(
      resource,
      '',
      'metadata.name',
      'Required value: name or generateName is required',
      'FieldValueRequired',
    )
  }
  const prefix = (generateName ?? '').replace(/[-.]$/, '')
  for (const text of name ? [name] : [prefix]) {
    if (typeof text === 'string' && NAME.test(text) && text.length <= LONGEST_NAME) continue
    const rule =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
    throw invalid(
      resource,
      text.slice(0, LONGEST_NAME),
      'metadata.name',
      `Invalid value: ${JSON.stringify(text)}: ${rule}`,
    )
  }
}

/** What the API server adds to an object that a client makes: defaults, and the finalizers that protect storage. */
export function withDefaults({ kind }: ServedResource, object: NewObject): NewObject {
  const spec = recordOf(object['spec'])
  switch (kind) {
    case 'Pod':
      return {
        ...object,
        spec: withPodDefaults(spec),
        status: { phase: 'Pending', qosClass: 'BestEffort' },
      }
    case 'Namespace':
      return { ...object, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } }
    case 'PersistentVolumeClaim':
      return protectedBy('kubernetes.io/pvc-protection', {
        ...object,
        spec: { volumeMode: 'Filesystem', ...spec },
        status: { phase: 'Pending' },
      })
    case 'PersistentVolume':
      return protectedBy('kubernetes.io/pv-protection', {
        ...object,
        spec: { volumeMode: 'Filesystem', persistentVolumeReclaimPolicy: 'Retain', ...spec },
        status: { phase: 'Pending' },
      })
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
      return { ...object, spec: withWorkloadDefaults(kind, spec) }
    case 'StorageClass':
      return { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', ...object }
    default:
      return object
  }
}

function protectedBy(finalizer: string, object: NewObject): NewObject {
  const { finalizers = [] } = object.metadata
  if (finalizers.includes(finalizer)) return object
  return { ...object, metadata: { ...object.metadata, finalizers: [...finalizers, finalizer] } }
}

/** What is stored of an update: through the object itself its status stays, through the status all else. */
export function updateOf(
  { subresources }: ServedResource,
  subresource: string | undefined,
  stored: KubernetesObject,
  sent: KubernetesObject,
): KubernetesObject {
  if (!subresources.includes('status')) return sent
  if (subresource === 'status') {
    const { resourceVersion, uid, labels, annotations } = sent.metadata
    const metadata = {
      ...stored.metadata,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
    }
    return { ...stored, metadata, status: sent.status }
  }
  const { status: _, ...asked } = sent
  return stored.status === undefined ? asked : { ...asked, status: stored.status }
}
