import type { Hands, Scenario } from '../scenario.ts'
import type { PodDirectoryEntry } from '../../../core/kubelet/orphans/pod-directory.ts'
import type { NodePlan } from '../world/node/node-state.ts'
import { KILL_SECONDS } from '../world/node/writing.ts'
import { GIB, image, localClass, localVolume, NO_WAY_OUT, workload } from './building.ts'

const PAUSE = image('harbor.intra/library/pause:3.1', 0.3, 0.7)
const SYSTEM = [
  image('k8s.gcr.io/kube-proxy:v1.14.2', 32, 82),
  image('k8s.gcr.io/coredns:1.3.1', 12, 40),
  image('calico/node:v3.7.3', 48, 156),
]
const CONTROL_PLANE = [
  image('k8s.gcr.io/kube-apiserver:v1.14.2', 50, 209),
  image('k8s.gcr.io/kube-controller-manager:v1.14.2', 48, 158),
  image('k8s.gcr.io/kube-scheduler:v1.14.2', 30, 82),
  image('k8s.gcr.io/etcd:3.3.10', 76, 258),
]
const ELASTIC = image('harbor.intra/elastic/elasticsearch:6.8.1', 490, 812)
const APPLICATIONS = [
  ELASTIC,
  image('harbor.intra/elastic/kibana:6.8.1', 310, 720),
  image('harbor.intra/elastic/logstash:6.8.1', 430, 780),
]
/** Everything was loaded by hand, on every node. */
const LOADED = [
  PAUSE,
  ...SYSTEM,
  ...CONTROL_PLANE,
  ...APPLICATIONS,
  image('harbor.intra/elastic/elasticsearch:6.7.0', 480, 806),
]

/** A volume that some pod has left unmounted, so that the kubelet of 1.14 cleans up nothing. */
const LEFT_BEHIND: readonly PodDirectoryEntry[] = [
  'etc-hosts',
  'volumes',
  'volumes/kubernetes.io~local-volume',
  'volumes/kubernetes.io~local-volume/pv-old',
].map((path) => ({ path, isDirectory: path !== 'etc-hosts', mount: 'none' }))

const DATA = '/data/es'

function node(name: string, usedBytes: number, more: Partial<NodePlan> = {}): NodePlan {
  return {
    name,
    kubeletVersion: 'v1.14.2',
    runtime: 'containerd://1.2.13',
    disk: { capacityBytes: 400 * GIB, inodes: 26_214_400 },
    otherBytes: 18 * GIB,
    otherInodes: 180_000,
    directories: { [`${DATA}-${name}`]: usedBytes },
    images: LOADED,
    // The runtime's own, which the kubelet's flag does not name: nothing keeps it.
    sandboxImage: 'harbor.intra/library/pause:3.1',
    sandboxImageFlag: 'k8s.gcr.io/pause:3.1',
    configuration: { containerLogMaxSize: '400Mi' },
    isManifestsPathMissing: true,
    upSeconds: 86_400,
    ...more,
  }
}

const volumeOf = (name: string, on: string, path: string, claim: string) =>
  localVolume(name, on, path, { size: '350Gi', storageClassName: 'local', claim: ['log', claim] })

const MASTER = { key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' }
const tolerations = [{ operator: 'Exists' }]
const log = (bytesPerSecond: number) => [{ to: 'log', bytes: 60 * bytesPerSecond, bytesPerSecond }]

/** As in the incident: what is found out by whoever does the first thing that helps. */
const CLEANED_UP_AT = 1500
const CLAIM = { namespace: 'log', name: 'data-es-0' }

/** An air-gapped cluster, as its owner told of it: images first, pods later, a claim that hangs, and its release. */
export const airGappedDiskFull: Scenario = {
  id: 'air-gapped-disk-full',
  summary: {
    en: 'An air-gapped cluster: a full disk costs it images that nobody can pull again, then pods, then a claim.',
    'zh-CN': '离线集群：磁盘写满，先丢失无法再拉取的镜像，再驱逐 Pod，最后 PVC 卡住。',
  },
  kubernetesVersion: 'v1.14.2',
  namespaces: ['default', 'kube-system', 'log'],
  registry: { images: [], failure: NO_WAY_OUT, milliseconds: 8000 },
  nodes: [
    node('k8master1', 40 * GIB, {
      taints: [MASTER],
      labels: { 'node-role.kubernetes.io/master': '' },
      isManifestsPathMissing: false,
    }),
    node('k8work1', 60 * GIB),
    node('k8work2', 282 * GIB, { orphans: { 'f6a977f4-2098-11eb-90a3-2c534a095a16': LEFT_BEHIND } }),
  ],
  objects: [
    localClass('local'),
    volumeOf('pv-es-0', 'k8work2', `${DATA}-k8work2`, 'data-es-0'),
    volumeOf('pv-es-1', 'k8work1', `${DATA}-k8work1`, 'data-es-1'),
    workload('DaemonSet', {
      namespace: 'kube-system',
      name: 'kube-proxy',
      image: 'k8s.gcr.io/kube-proxy:v1.14.2',
      spec: { tolerations, priorityClassName: 'system-node-critical', hostNetwork: true },
    }),
    workload('DaemonSet', {
      namespace: 'kube-system',
      name: 'calico-node',
      image: 'calico/node:v3.7.3',
      spec: { tolerations, hostNetwork: true },
    }),
    workload('ReplicaSet', {
      namespace: 'kube-system',
      name: 'coredns-fb8b8dccf',
      image: 'k8s.gcr.io/coredns:1.3.1',
      replicas: 2,
    }),
    workload('StatefulSet', {
      namespace: 'log',
      name: 'es',
      image: 'harbor.intra/elastic/elasticsearch:6.8.1',
      replicas: 2,
      storage: { storageClassName: 'local', size: '300Gi' },
      annotations: { [KILL_SECONDS]: '75' },
      writes: [
        ...log(6_000_000),
        { to: 'data', bytesPerSecond: 100_000_000, afterSeconds: 30, forSeconds: 700 },
      ],
    }),
    workload('ReplicaSet', {
      namespace: 'log',
      name: 'kibana-6d5f7c9b84',
      image: 'harbor.intra/elastic/kibana:6.8.1',
      replicas: 2,
      writes: log(50_000),
    }),
    workload('ReplicaSet', {
      namespace: 'log',
      name: 'logstash-75d4b9c6f',
      image: 'harbor.intra/elastic/logstash:6.8.1',
      replicas: 2,
      writes: log(150_000),
    }),
  ],
  acts: [
    { atSeconds: CLEANED_UP_AT, what: ({ node: on }) => on('k8work2')?.deleteDirectory(`${DATA}-k8work2`) },
    {
      atSeconds: CLEANED_UP_AT + 60,
      what: ({ node: on }) => on('k8work2')?.deletePodDirectory('f6a977f4-2098-11eb-90a3-2c534a095a16'),
    },
    { atSeconds: CLEANED_UP_AT + 540, what: ({ node: on }) => on('k8work2')?.loadImage(PAUSE) },
    {
      atSeconds: CLEANED_UP_AT + 660,
      what: ({ objects }) => objects.remove('persistentvolumeclaims', CLAIM.namespace, CLAIM.name),
    },
    { atSeconds: CLEANED_UP_AT + 960, what: releaseClaim },
    { atSeconds: CLEANED_UP_AT + 1020, what: makeAnew },
  ],
  seed: 14,
  seconds: 3000,
  speed: 30,
}

/** `kubectl patch pvc data-es-0 -p '{"metadata":{"finalizers":null}}'`. */
function releaseClaim({ objects }: Hands): void {
  const claim = objects.get('persistentvolumeclaims', CLAIM.namespace, CLAIM.name)
  if (claim)
    objects.update('persistentvolumeclaims', { ...claim, metadata: { ...claim.metadata, finalizers: [] } })
}

/** Volume, directory and images made anew by hand; the set makes its claim and its pod. */
function makeAnew({ objects, node: on }: Hands): void {
  objects.remove('persistentvolumes', undefined, 'pv-es-0')
  const { resource, object } = volumeOf('pv-es-0-new', 'k8work2', `${DATA}-0-new`, 'data-es-0')
  objects.create(resource, object)
  on('k8work2')?.write(`${DATA}-0-new`, 0)
  for (const one of LOADED) on('k8work2')?.loadImage(one)
  objects.remove('pods', 'log', 'es-0')
}
