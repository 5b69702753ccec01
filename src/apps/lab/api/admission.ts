import { recordOf, type KubernetesObject, type NewObject } from '../store/kubernetes-object.ts'
import type { ServedResource } from '../store/resources.ts'
import { qosClassOf, withPodDefaults } from './pod-defaults.ts'
import { withWorkloadDefaults } from './workload-defaults.ts'

/** What a status says before its controller has said anything. */
const EMPTY_STATUS: Readonly<Record<string, object>> = {
  Deployment: {},
  ReplicaSet: { replicas: 0 },
  StatefulSet: { replicas: 0 },
  PodDisruptionBudget: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
}

/** What the API server adds to an object that a client makes: defaults, and the finalizers that protect storage. */
export function withDefaults({ kind }: ServedResource, object: NewObject): NewObject {
  const spec = recordOf(object['spec'])
  switch (kind) {
    case 'Pod':
      return {
        ...object,
        spec: withPodDefaults(spec),
        status: { phase: 'Pending', qosClass: qosClassOf(spec) },
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
      return { ...object, spec: withWorkloadDefaults(kind, spec), status: EMPTY_STATUS[kind] }
    case 'PodDisruptionBudget':
      return { ...object, status: EMPTY_STATUS[kind] }
    case 'CustomResourceDefinition':
      return { ...object, spec: { ...spec, names: withDefaultNames(recordOf(spec['names'])) } }
    case 'Event':
      return { eventTime: null, reportingComponent: '', reportingInstance: '', ...object }
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

function withDefaultNames(names: Record<string, unknown>): object {
  const { kind } = names
  return typeof kind === 'string'
    ? { singular: kind.toLowerCase(), listKind: `${kind}List`, ...names }
    : names
}

/** Of each condition of a pod its times are said, if only that there are none. */
function withConditionTimes(status: unknown): unknown {
  const { conditions, ...rest } = recordOf(status)
  if (!Array.isArray(conditions)) return status
  const timed = conditions.map((one) => ({ lastProbeTime: null, lastTransitionTime: null, ...recordOf(one) }))
  return { ...rest, conditions: timed }
}

/** What is stored of an update: through the object itself its status stays, through the status all else. */
export function updateOf(
  { kind, subresources }: ServedResource,
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
    return { ...stored, metadata, status: kind === 'Pod' ? withConditionTimes(sent.status) : sent.status }
  }
  const { status: _, ...asked } = sent
  return stored.status === undefined ? asked : { ...asked, status: stored.status }
}
