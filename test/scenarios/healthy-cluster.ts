import { KubeletConfiguration } from '../../src/core/kubernetes/kubelet-configuration.ts'
import { Node } from '../../src/core/kubernetes/node.ts'
import { PersistentVolumeClaim } from '../../src/core/kubernetes/persistent-volume-claim.ts'
import { PersistentVolume } from '../../src/core/kubernetes/persistent-volume.ts'
import { Pod } from '../../src/core/kubernetes/pod.ts'
import { StatefulSet } from '../../src/core/kubernetes/stateful-set.ts'
import { StorageClass } from '../../src/core/kubernetes/storage-class.ts'
import { VolumeAttachment } from '../../src/core/kubernetes/volume-attachment.ts'
import type { NodeObservation, Observation } from '../../src/core/observe/observation.ts'

const NOW = Date.UTC(2026, 0, 2)
const GIB = 2 ** 30
const YESTERDAY = new Date(NOW - 86_400_000).toISOString()
const part = <T>(value: T) => ({ value, source: 'made up', observedAt: NOW })
type Fields = Record<string, unknown>

/** How large a made-up cluster is. Each node has two pods of DaemonSets beside these. */
export interface ClusterSize {
  nodes: number
  podsPerNode: number
  /** StatefulSets of three, in turn on local volumes and on those of a CSI driver. */
  sets: number
}

/** What is observed of a cluster in which nothing is wrong. */
export function healthyCluster({ nodes, podsPerNode, sets }: ClusterSize): Observation {
  const names = Array.from({ length: nodes }, (_, index) => `node-${index}`)
  const pods = names.flatMap((name, index) => [
    ...(index === 0 ? [etcd(name)] : []),
    daemon('kube-proxy', name),
    daemon('node-exporter', name),
    ...Array.from({ length: podsPerNode }, (_, one) => replica(name, one)),
  ])
  const ofSets = Array.from({ length: sets }, (_, index) => setOfThree(index, names))
  return {
    observedAt: NOW,
    cluster: {
      nodes: part(names.map(nodeObject)),
      pods: part([...pods, ...ofSets.flatMap((set) => set.pods), ...doneJobs(names)]),
      persistentVolumeClaims: part(ofSets.flatMap(({ claims }) => claims)),
      persistentVolumes: part(ofSets.flatMap(({ volumes }) => volumes)),
      volumeAttachments: part(ofSets.flatMap(({ attachments }) => attachments)),
      statefulSets: part(ofSets.map(({ set }) => set)),
      storageClasses: part([StorageClass.parse({ metadata: { name: 'csi' }, provisioner: 'csi.example' })]),
    },
    nodes: names.map(nodeObservation),
  }
}

const meta = (name: string, namespace: string, more: Fields = {}) => ({
  name,
  namespace,
  uid: `${namespace}-${name}`,
  creationTimestamp: YESTERDAY,
  ...more,
})

function nodeObject(name: string): Node {
  const ready = { type: 'Ready', status: 'True', lastTransitionTime: YESTERDAY }
  const pressure = { type: 'DiskPressure', status: 'False', lastTransitionTime: YESTERDAY }
  return Node.parse({
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec:
      name === 'node-0'
        ? { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] }
        : {},
    status: {
      conditions: [ready, pressure],
      allocatable: { cpu: '16', memory: '64Gi', pods: '110', 'ephemeral-storage': '90Gi' },
      images: imageNames().map((image, index) => ({ names: [image], sizeBytes: (index + 1) * 1e7 })),
      nodeInfo: { kubeletVersion: 'v1.30.2', containerRuntimeVersion: 'containerd://1.7.20' },
    },
  })
}

const imageNames = () => [
  'registry.k8s.io/pause:3.9',
  ...Array.from({ length: 20 }, (_, index) => `lab.local/app-${index}:1`),
]

function nodeObservation(name: string): NodeObservation {
  const reading = {
    at: NOW,
    capacityBytes: 100 * GIB,
    availableBytes: 60 * GIB,
    usedBytes: 40 * GIB,
    inodes: 6e6,
    inodesFree: 5e6,
  }
  const { capacityBytes, availableBytes, inodes, inodesFree } = reading
  const evictionHard = {
    'nodefs.available': '10%',
    'nodefs.inodesFree': '5%',
    'imagefs.available': '15%',
    'imagefs.inodesFree': '5%',
  }
  const imageFs = { capacityBytes, availableBytes, inodes, inodesFree }
  return {
    name,
    kubeletVersion: 'v1.30.2',
    containerRuntimeVersion: 'containerd://1.7.20',
    kubeletConfiguration: part(KubeletConfiguration.parse({ evictionHard })),
    summary: part({ pods: [], isSingleFilesystem: true, imageFsUsedBytes: 10 * GIB, imageFs }),
    images: part(imageNames().map((image, index) => ({ names: [image], reportedBytes: (index + 1) * 1e7 }))),
    imageNames: {},
    nodefs: [reading],
    facts: [],
  }
}

const runs = (image: string) => ({
  phase: 'Running',
  containerStatuses: [{ name: 'main', image, ready: true, state: { running: { startedAt: YESTERDAY } } }],
})
const container = (image: string, imagePullPolicy = 'IfNotPresent') => ({
  name: 'main',
  image,
  imagePullPolicy,
  resources: { requests: { cpu: '100m', memory: '200Mi' }, limits: { memory: '400Mi' } },
})

function replica(nodeName: string, one: number): Pod {
  const image = `lab.local/app-${one % 18}:1`
  const owner = `web-${one}`
  return Pod.parse({
    metadata: meta(`${owner}-${nodeName}`, `team-${one % 7}`, {
      ownerReferences: [{ kind: 'ReplicaSet', name: owner, uid: owner }],
    }),
    spec: {
      nodeName,
      containers: [container(image, one % 5 === 0 ? 'Always' : 'IfNotPresent')],
      volumes: [{ name: 'tmp', emptyDir: {} }],
    },
    status: runs(image),
  })
}

function daemon(name: string, nodeName: string): Pod {
  const hostname = { key: 'metadata.name', operator: 'In', values: [nodeName] }
  const required = { nodeSelectorTerms: [{ matchFields: [hostname] }] }
  return Pod.parse({
    metadata: meta(`${name}-${nodeName}`, 'kube-system', {
      ownerReferences: [{ kind: 'DaemonSet', name, uid: name }],
    }),
    spec: {
      nodeName,
      containers: [container('lab.local/app-18:1')],
      volumes: [{ name: 'modules', hostPath: { path: '/lib/modules' } }],
      tolerations: [{ operator: 'Exists' }],
      affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } },
    },
    status: runs('lab.local/app-18:1'),
  })
}

function etcd(nodeName: string): Pod {
  return Pod.parse({
    metadata: meta(`etcd-${nodeName}`, 'kube-system', {
      annotations: { 'kubernetes.io/config.mirror': 'hash' },
      labels: { component: 'etcd' },
      ownerReferences: [{ kind: 'Node', name: nodeName }],
    }),
    spec: {
      nodeName,
      containers: [container('lab.local/app-19:1')],
      volumes: [{ name: 'data', hostPath: { path: '/var/lib/etcd' } }],
    },
    status: runs('lab.local/app-19:1'),
  })
}

function doneJobs(names: readonly string[]): Pod[] {
  return names.slice(0, 5).flatMap((nodeName) =>
    ['Succeeded', 'Failed'].map((phase) =>
      Pod.parse({
        metadata: meta(`job-${phase.toLowerCase()}-${nodeName}`, 'batch', {
          ownerReferences: [{ kind: 'Job', name: 'nightly', uid: 'nightly' }],
        }),
        spec: { nodeName, containers: [container('lab.local/app-1:1')] },
        status: { phase },
      }),
    ),
  )
}

function setOfThree(index: number, names: readonly string[]) {
  const name = `db-${index}`
  const isLocal = index % 2 === 0
  const members = [0, 1, 2].map((ordinal) => {
    const nodeName = names[(index * 3 + ordinal) % names.length] ?? ''
    return setMember(name, ordinal, nodeName, isLocal)
  })
  return {
    set: StatefulSet.parse({
      metadata: meta(name, 'data'),
      spec: { replicas: 3, volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
      status: { replicas: 3, readyReplicas: 3 },
    }),
    pods: members.map(({ pod }) => pod),
    claims: members.map(({ claim }) => claim),
    volumes: members.map(({ volume }) => volume),
    attachments: members.flatMap(({ attachment }) => attachment),
  }
}

function setMember(set: string, ordinal: number, nodeName: string, isLocal: boolean) {
  const podName = `${set}-${ordinal}`
  const claimName = `data-${podName}`
  const volumeName = `pv-${podName}`
  const claimMeta = meta(claimName, 'data', {
    finalizers: ['kubernetes.io/pvc-protection'],
    annotations: { 'pv.kubernetes.io/bind-completed': 'yes' },
  })
  const hostname = { key: 'kubernetes.io/hostname', operator: 'In', values: [nodeName] }
  const backing = isLocal
    ? {
        local: { path: `/mnt/disks/${podName}` },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [hostname] }] } },
        persistentVolumeReclaimPolicy: 'Retain',
      }
    : { csi: { driver: 'csi.example' }, storageClassName: 'csi', persistentVolumeReclaimPolicy: 'Delete' }
  return {
    pod: Pod.parse({
      metadata: meta(podName, 'data', {
        ownerReferences: [{ kind: 'StatefulSet', name: set, uid: `data-${set}` }],
      }),
      spec: {
        nodeName,
        containers: [container('lab.local/app-2:1')],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }],
      },
      status: runs('lab.local/app-2:1'),
    }),
    claim: PersistentVolumeClaim.parse({
      metadata: claimMeta,
      spec: { volumeName, resources: { requests: { storage: '10Gi' } } },
      status: { phase: 'Bound' },
    }),
    volume: PersistentVolume.parse({
      metadata: { name: volumeName, finalizers: ['kubernetes.io/pv-protection'] },
      spec: {
        ...backing,
        capacity: { storage: '10Gi' },
        claimRef: { namespace: 'data', name: claimName, uid: claimMeta.uid },
      },
      status: { phase: 'Bound' },
    }),
    attachment: isLocal
      ? []
      : [
          VolumeAttachment.parse({
            metadata: { name: `csi-${podName}` },
            spec: { attacher: 'csi.example', nodeName, source: { persistentVolumeName: volumeName } },
            status: { attached: true },
          }),
        ],
  }
}
