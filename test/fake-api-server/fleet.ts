import type { FakeApiServer } from './fake-api-server.ts'
import { fleetKubelet } from './fleet-kubelet.ts'
import { fleetPod } from './fleet-pod.ts'
import { sampleStorageClass } from './sample-objects.ts'
import { seededRandom } from './seeded-random.ts'

/** How large a fleet is, and of which chance it is made. */
export interface FleetSize {
  nodes: number
  pods: number
  seed?: number
}

const CREATED = '2026-01-05T03:12:44Z'
const IMAGES_PER_NODE = 50
/** Of the pods, the share with a claim, and with an event of the last hour. */
const CLAIMED = 0.1
const EVENTFUL = 0.2

/** Fills a server with a fleet as real API servers send one: nodes, pods, claims, volumes, events, kubelets. */
export function populateFleet(server: FakeApiServer, { nodes, pods, seed = 1 }: FleetSize): void {
  const random = seededRandom(seed)
  const { store, kubelets } = server
  store.put('storageclasses', sampleStorageClass('local'))
  const onNode = new Map<string, { name: string; namespace: string; uid: string }[]>()
  for (let index = 0; index < nodes; index++) {
    const name = `node-${String(index).padStart(4, '0')}`
    store.put('nodes', fleetNode(name, index))
    onNode.set(name, [])
  }
  const names = [...onNode.keys()]
  for (let index = 0; index < pods; index++) {
    const namespace = `team-${index % 40}`
    const nodeName = names[index % nodes] ?? ''
    const app = `app-${index % 300}`
    const claim = random() < CLAIMED ? `data-${app}-${index}` : undefined
    const pod = fleetPod({
      index,
      namespace,
      app,
      nodeName,
      random,
      ...(claim === undefined ? {} : { claim }),
    })
    store.put('pods', pod)
    if (claim !== undefined) putClaim(server, { namespace, claim, nodeName })
    if (random() < EVENTFUL) putEvent(server, namespace, pod.metadata.name, nodeName)
    onNode.get(nodeName)?.push({ name: pod.metadata.name, namespace, uid: pod.metadata.uid ?? '' })
  }
  for (const [name, held] of onNode) kubelets.set(name, fleetKubelet(name, held, 0.3 + 0.4 * random()))
}

function fleetNode(name: string, index: number) {
  const condition = (type: string, status: string) => ({
    type,
    status,
    lastHeartbeatTime: CREATED,
    lastTransitionTime: CREATED,
    reason: `Kubelet${type}`,
    message: `kubelet says ${type}`,
  })
  const quantities = {
    cpu: '32',
    memory: '131072Mi',
    'ephemeral-storage': '209715200Ki',
    pods: '110',
    'hugepages-2Mi': '0',
  }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      uid: `uid-of-${name}`,
      creationTimestamp: CREATED,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/zone': `zone-${index % 3}`,
      },
    },
    spec: { podCIDR: `10.${index % 250}.0.0/24` },
    status: {
      capacity: quantities,
      allocatable: quantities,
      conditions: [
        condition('MemoryPressure', 'False'),
        condition('DiskPressure', 'False'),
        condition('PIDPressure', 'False'),
        condition('Ready', 'True'),
      ],
      images: Array.from({ length: IMAGES_PER_NODE }, (_, image) => ({
        names: [
          `registry.example.com/team/app-${image}@sha256:${String(image).padStart(64, '0')}`,
          `registry.example.com/team/app-${image}:1.0`,
        ],
        sizeBytes: 50_000_000 + image * 7_000_000,
      })),
      nodeInfo: {
        kubeletVersion: 'v1.29.3',
        containerRuntimeVersion: 'containerd://1.7.2',
        osImage: 'Debian GNU/Linux 12',
        kernelVersion: '6.1.0',
      },
    },
  }
}

function putClaim(
  { store }: FakeApiServer,
  { namespace, claim, nodeName }: { namespace: string; claim: string; nodeName: string },
) {
  const volume = `pv-${claim}`
  const shared = { storageClassName: 'local', accessModes: ['ReadWriteOnce'], volumeMode: 'Filesystem' }
  store.put('persistentvolumeclaims', {
    metadata: {
      name: claim,
      namespace,
      uid: `uid-of-${claim}`,
      finalizers: ['kubernetes.io/pvc-protection'],
      annotations: { 'pv.kubernetes.io/bind-completed': 'yes' },
    },
    spec: { ...shared, volumeName: volume, resources: { requests: { storage: '10Gi' } } },
    status: { phase: 'Bound' },
  })
  const matchExpressions = [{ key: 'kubernetes.io/hostname', operator: 'In', values: [nodeName] }]
  store.put('persistentvolumes', {
    metadata: { name: volume, uid: `uid-of-${volume}`, finalizers: ['kubernetes.io/pv-protection'] },
    spec: {
      ...shared,
      capacity: { storage: '10Gi' },
      local: { path: `/data/${claim}` },
      claimRef: { namespace, name: claim, uid: `uid-of-${claim}` },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } },
    },
    status: { phase: 'Bound' },
  })
}

function putEvent({ store }: FakeApiServer, namespace: string, pod: string, node: string) {
  store.put('events', {
    metadata: { name: `${pod}.17a`, namespace, creationTimestamp: CREATED },
    involvedObject: { kind: 'Pod', namespace, name: pod, apiVersion: 'v1' },
    reason: 'Pulled',
    message: 'Container image "registry.example.com/team/app:1.0" already present on machine',
    source: { component: 'kubelet', host: node },
    type: 'Normal',
    count: 1,
    firstTimestamp: CREATED,
    lastTimestamp: CREATED,
  })
}
