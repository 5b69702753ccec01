import type { Taint } from '../../../core/kubernetes/node.ts'

export type OwnerReference = {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

export type Metadata = {
  name: string
  namespace?: string
  uid?: string
  creationTimestamp?: string
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  generateName?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  finalizers?: string[]
  ownerReferences?: OwnerReference[]
}

/** An object of the API as the simulated cluster handles it. */
export type LabObject = {
  apiVersion: string
  kind: string
  metadata: Metadata
  spec?: unknown
  status?: unknown
  /** Of a StorageClass. */
  provisioner?: string
  reclaimPolicy?: string
  volumeBindingMode?: string
}

type Quantities = Record<string, string>

export type ContainerSpec = {
  name: string
  image: string
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never'
  resources?: { requests?: Quantities; limits?: Quantities }
  volumeMounts?: { name: string; mountPath: string }[]
}

export type VolumeSpec = {
  name: string
  emptyDir?: { medium?: string; sizeLimit?: string }
  persistentVolumeClaim?: { claimName: string }
  hostPath?: { path: string }
}

export type PodSpec = {
  nodeName?: string
  containers: ContainerSpec[]
  volumes?: VolumeSpec[]
  priority?: number
  priorityClassName?: string
  terminationGracePeriodSeconds?: number
  nodeSelector?: Record<string, string>
  tolerations?: { key?: string; operator?: string; value?: string; effect?: string }[]
  [field: string]: unknown
}

export type ContainerState = {
  waiting?: { reason: string; message?: string }
  running?: { startedAt: string }
  terminated?: { exitCode: number; reason: string; startedAt: string; finishedAt: string }
}

export type ContainerStatus = {
  name: string
  image: string
  imageID: string
  ready: boolean
  restartCount: number
  started: boolean
  state: ContainerState
  lastState: ContainerState
  containerID?: string
}

export type PodCondition = {
  type: string
  status: string
  lastProbeTime?: null
  lastTransitionTime: string
  reason?: string
  message?: string
}

export type PodStatus = {
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed'
  reason?: string
  message?: string
  startTime?: string
  hostIP?: string
  podIP?: string
  podIPs?: { ip: string }[]
  qosClass?: string
  conditions?: PodCondition[]
  containerStatuses?: ContainerStatus[]
}

export type PodObject = LabObject & { spec: PodSpec; status: PodStatus }

export type NodeCondition = {
  type: string
  status: string
  reason: string
  message: string
  lastHeartbeatTime: string
  lastTransitionTime: string
}

export type NodeObject = LabObject & {
  spec: { unschedulable?: boolean; taints?: Taint[]; podCIDR?: string }
  status: {
    capacity: Quantities
    allocatable: Quantities
    conditions: NodeCondition[]
    addresses: { type: string; address: string }[]
    images: { names: string[]; sizeBytes: number }[]
    nodeInfo: Record<string, string>
  }
}

export type ClaimObject = LabObject & {
  spec: {
    storageClassName?: string
    volumeName?: string
    volumeMode?: string
    accessModes: string[]
    resources: { requests: Quantities }
  }
  status: { phase: string; accessModes?: string[]; capacity?: Quantities }
}

export type VolumeObject = LabObject & {
  spec: {
    capacity: Quantities
    accessModes: string[]
    storageClassName?: string
    persistentVolumeReclaimPolicy: 'Retain' | 'Delete' | 'Recycle'
    volumeMode?: string
    local?: { path: string }
    claimRef?: { apiVersion: string; kind: string; namespace: string; name: string; uid: string }
    nodeAffinity?: unknown
  }
  status: { phase: string }
}

export type PodTemplate = {
  metadata: { labels?: Record<string, string>; annotations?: Record<string, string> }
  spec: PodSpec
}

export type WorkloadObject = LabObject & {
  spec: {
    replicas?: number
    selector: { matchLabels: Record<string, string> }
    serviceName?: string
    podManagementPolicy?: 'OrderedReady' | 'Parallel'
    updateStrategy?: { type: string; rollingUpdate?: Record<string, number> }
    revisionHistoryLimit?: number
    template: PodTemplate
    volumeClaimTemplates?: { metadata: { name: string }; spec: ClaimObject['spec'] }[]
  }
  status: Record<string, number>
}

export type EventObject = LabObject & {
  type: 'Normal' | 'Warning'
  reason: string
  message: string
  involvedObject: {
    apiVersion: string
    kind: string
    name: string
    namespace?: string
    uid: string
    fieldPath?: string
  }
  source: { component: string; host?: string }
  count: number
  firstTimestamp: string
  lastTimestamp: string
  eventTime: null
  reportingComponent: string
  reportingInstance: string
}

/** A pod's `namespace/name`. */
export function fullName({ metadata: { namespace = 'default', name } }: LabObject): string {
  return `${namespace}/${name}`
}

/** Who controls an object. */
export function controllerOf({ metadata }: LabObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true)
}

/** Whether a pod has ended, of itself or not. */
export function isEnded({ status }: PodObject): boolean {
  return status.phase === 'Failed' || status.phase === 'Succeeded'
}
