/** A kind of object that is served and stored. */
export interface ServedResource {
  /** Empty for the core group. */
  group: string
  /** Best first; objects are the same in each. */
  versions: readonly [string, ...string[]]
  /** Plural, as in a path. */
  name: string
  singular: string
  kind: string
  isNamespaced: boolean
  shortNames: readonly string[]
  categories: readonly string[]
  subresources: readonly Subresource[]
  /** Whether its generation counts changes of what is asked for. */
  countsGeneration: boolean
  /** Fields a field selector may name, besides `metadata.name` and `metadata.namespace`. */
  selectableFields: readonly string[]
  /** Columns a CustomResourceDefinition adds; absent for what Kubernetes itself serves. */
  custom?: CustomColumns
}

export type Subresource = 'status' | 'scale' | 'eviction' | 'binding' | 'log' | 'proxy'

/** `additionalPrinterColumns` of a CustomResourceDefinition, by version. */
export type CustomColumns = Readonly<Record<string, readonly PrinterColumn[]>>

export interface PrinterColumn {
  name: string
  type: string
  jsonPath: string
  description?: string
  format?: string
  priority?: number
}

/** How a resource is called in the store: `pods`, `statefulsets`; a custom one with its group, `widgets.example.org`. */
export function resourceKey({ name, group, custom }: ServedResource): string {
  return custom === undefined ? name : `${name}.${group}`
}

type Traits = Partial<
  Omit<ServedResource, 'group' | 'versions' | 'name' | 'kind' | 'isNamespaced' | 'custom'>
>

/** `apps/v1 StatefulSet statefulsets`, with further versions after the first: `policy/v1,v1beta1`. */
function served(scope: 'cluster' | 'namespace', what: string, traits: Traits = {}): ServedResource {
  const [groupVersions = '', kind = '', name = ''] = what.split(' ')
  const [group, versions] = groupVersions.includes('/') ? groupVersions.split('/') : ['', groupVersions]
  const [first = 'v1', ...further] = versions?.split(',') ?? []
  return {
    group: group ?? '',
    versions: [first, ...further],
    name,
    kind,
    singular: kind.toLowerCase(),
    isNamespaced: scope === 'namespace',
    shortNames: [],
    categories: [],
    subresources: [],
    countsGeneration: false,
    selectableFields: [],
    ...traits,
  }
}

const workload = (...shortNames: string[]): Traits => ({
  shortNames,
  categories: ['all'],
  subresources: ['status', 'scale'],
  countsGeneration: true,
  selectableFields: [],
})
const called = (...shortNames: string[]): Traits => ({ shortNames })
const withStatus = (...shortNames: string[]): Traits => ({ shortNames, subresources: ['status'] })

const EVENT_FIELDS = [
  'involvedObject.kind',
  'involvedObject.namespace',
  'involvedObject.name',
  'involvedObject.uid',
  'involvedObject.apiVersion',
  'involvedObject.resourceVersion',
  'involvedObject.fieldPath',
  'reason',
  'reportingComponent',
  'source',
  'type',
]
const POD_FIELDS = [
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.schedulerName',
  'spec.serviceAccountName',
  'status.phase',
  'status.podIP',
  'status.nominatedNodeName',
]

/** What the lab serves before any CustomResourceDefinition is made. */
export const BUILT_IN_RESOURCES: readonly ServedResource[] = [
  served('namespace', 'v1 ConfigMap configmaps', called('cm')),
  served('namespace', 'v1 Endpoints endpoints', called('ep')),
  served('namespace', 'v1 Event events', { shortNames: ['ev'], selectableFields: EVENT_FIELDS }),
  served('namespace', 'v1 LimitRange limitranges', called('limits')),
  served('cluster', 'v1 Namespace namespaces', {
    ...withStatus('ns'),
    selectableFields: ['status.phase'],
  }),
  served('cluster', 'v1 Node nodes', {
    shortNames: ['no'],
    subresources: ['status', 'proxy'],
    selectableFields: ['spec.unschedulable'],
  }),
  served('namespace', 'v1 PersistentVolumeClaim persistentvolumeclaims', withStatus('pvc')),
  served('cluster', 'v1 PersistentVolume persistentvolumes', withStatus('pv')),
  served('namespace', 'v1 Pod pods', {
    shortNames: ['po'],
    categories: ['all'],
    subresources: ['status', 'eviction', 'binding', 'log'],
    selectableFields: POD_FIELDS,
  }),
  served('namespace', 'v1 ReplicationController replicationcontrollers', workload('rc')),
  served('namespace', 'v1 ResourceQuota resourcequotas', withStatus('quota')),
  served('namespace', 'v1 Secret secrets', { selectableFields: ['type'] }),
  served('namespace', 'v1 ServiceAccount serviceaccounts', called('sa')),
  served('namespace', 'v1 Service services', {
    ...withStatus('svc'),
    categories: ['all'],
  }),
  served('namespace', 'apps/v1 ControllerRevision controllerrevisions'),
  served('namespace', 'apps/v1 DaemonSet daemonsets', { ...workload('ds'), subresources: ['status'] }),
  served('namespace', 'apps/v1 Deployment deployments', workload('deploy')),
  served('namespace', 'apps/v1 ReplicaSet replicasets', workload('rs')),
  served('namespace', 'apps/v1 StatefulSet statefulsets', workload('sts')),
  served('namespace', 'batch/v1 Job jobs', {
    categories: ['all'],
    subresources: ['status'],
    countsGeneration: true,
  }),
  served('namespace', 'batch/v1,v1beta1 CronJob cronjobs', {
    shortNames: ['cj'],
    categories: ['all'],
    subresources: ['status'],
    countsGeneration: true,
  }),
  served('namespace', 'policy/v1,v1beta1 PodDisruptionBudget poddisruptionbudgets', {
    ...withStatus('pdb'),
    countsGeneration: true,
  }),
  served('cluster', 'storage.k8s.io/v1,v1beta1 CSIDriver csidrivers'),
  served('cluster', 'storage.k8s.io/v1,v1beta1 CSINode csinodes'),
  served('cluster', 'storage.k8s.io/v1,v1beta1 StorageClass storageclasses', called('sc')),
  served('cluster', 'storage.k8s.io/v1,v1beta1 VolumeAttachment volumeattachments', {
    subresources: ['status'],
  }),
  served('cluster', 'scheduling.k8s.io/v1,v1beta1 PriorityClass priorityclasses', called('pc')),
  served('namespace', 'coordination.k8s.io/v1,v1beta1 Lease leases'),
  served('namespace', 'discovery.k8s.io/v1,v1beta1 EndpointSlice endpointslices'),
  served('cluster', 'rbac.authorization.k8s.io/v1,v1beta1 ClusterRole clusterroles'),
  served('cluster', 'rbac.authorization.k8s.io/v1,v1beta1 ClusterRoleBinding clusterrolebindings'),
  served('namespace', 'rbac.authorization.k8s.io/v1,v1beta1 Role roles'),
  served('namespace', 'rbac.authorization.k8s.io/v1,v1beta1 RoleBinding rolebindings'),
  served('cluster', 'apiextensions.k8s.io/v1,v1beta1 CustomResourceDefinition customresourcedefinitions', {
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    subresources: ['status'],
    countsGeneration: true,
  }),
]
