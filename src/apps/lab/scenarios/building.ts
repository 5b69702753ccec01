import { WRITES, type Writing } from '../world/node/writing.ts'
import type { Image } from '../world/node/image-store.ts'
import type { LabResources } from '../world/lab-objects.ts'
import type { PlannedObject } from '../world/scenario.ts'
import type { PodSpec, PodTemplate, WorkloadObject } from '../world/objects.ts'

export const MIB = 2 ** 20
export const GIB = 2 ** 30

/** An image of one layer of its own, with an id that follows from its name. */
export function image(name: string, compressedMiB: number, unpackedMiB = compressedMiB * 2.4): Image {
  const id = `sha256:${digestOf(name)}`
  const layer = {
    digest: `layer of ${name}`,
    compressedBytes: Math.round(compressedMiB * MIB),
    unpackedBytes: Math.round(unpackedMiB * MIB),
  }
  return { id, names: [name], layers: [layer] }
}

/** 64 digits of a text, well mixed; no cryptography. */
function digestOf(text: string): string {
  let digits = ''
  for (let round = 0; digits.length < 64; round++) {
    let mixed = 0x811c9dc5 ^ round
    for (const letter of text) mixed = Math.imul(mixed ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> 0
    digits += ((mixed ^ (mixed >>> 13)) >>> 0).toString(16).padStart(8, '0')
  }
  return digits
}

/** What a workload is made of. */
export interface WorkloadPlan {
  namespace?: string
  name: string
  image: string
  replicas?: number
  writes?: readonly Writing[]
  annotations?: Record<string, string>
  spec?: Partial<PodSpec>
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> }
  /** Of a StatefulSet: so much storage of a class for each pod, mounted as `data`. */
  storage?: { storageClassName: string; size: string }
}

type Kind = 'StatefulSet' | 'ReplicaSet' | 'DaemonSet'
const RESOURCE: Readonly<Record<Kind, keyof LabResources>> = {
  StatefulSet: 'statefulsets',
  ReplicaSet: 'replicasets',
  DaemonSet: 'daemonsets',
}

/** A workload of one container. */
export function workload(kind: Kind, plan: WorkloadPlan): PlannedObject {
  const { namespace = 'default', name, replicas = 1, storage } = plan
  // The last part of the name of a ReplicaSet is the hash of its template.
  const [, app = name, hash] = (kind === 'ReplicaSet' && /^(.+)-([0-9a-z]+)$/.exec(name)) || []
  const labels = { app, ...(hash !== undefined && { 'pod-template-hash': hash }) }
  const object: WorkloadObject = {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace, labels },
    spec: {
      ...(kind !== 'DaemonSet' && { replicas }),
      selector: { matchLabels: labels },
      ...(kind === 'StatefulSet' && {
        serviceName: name,
        podManagementPolicy: 'OrderedReady' as const,
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
        revisionHistoryLimit: 10,
      }),
      ...(kind === 'DaemonSet' && {
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
        revisionHistoryLimit: 10,
      }),
      template: templateOf({ ...plan, name: app }, labels),
      ...(storage && {
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: storage.storageClassName,
              volumeMode: 'Filesystem',
              resources: { requests: { storage: storage.size } },
            },
          },
        ],
      }),
    },
    status: {},
  }
  return { resource: RESOURCE[kind], object }
}

function templateOf(plan: WorkloadPlan, labels: Record<string, string>): PodTemplate {
  const { name, image: reference, writes, annotations, spec, resources, storage } = plan
  const own = { ...annotations, ...(writes && { [WRITES]: JSON.stringify(writes) }) }
  return {
    metadata: { labels, ...(Object.keys(own).length > 0 && { annotations: own }) },
    spec: {
      containers: [
        {
          name,
          image: reference,
          imagePullPolicy: 'IfNotPresent',
          ...(resources && { resources }),
          ...(storage && { volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
        },
      ],
      ...spec,
    },
  }
}

/** A pod of its own. */
export function pod(plan: WorkloadPlan): PlannedObject {
  const { namespace = 'default', name } = plan
  const { metadata, spec } = templateOf(plan, { app: name })
  return {
    resource: 'pods',
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, ...metadata },
      spec: { restartPolicy: 'Always', terminationGracePeriodSeconds: 30, priority: 0, ...spec },
      status: { phase: 'Pending' },
    },
  }
}

/** A directory of a node as a volume, reserved for a claim where one is named. */
export function localVolume(
  name: string,
  node: string,
  path: string,
  {
    size,
    storageClassName,
    claim,
  }: { size: string; storageClassName: string; claim?: [namespace: string, name: string] },
): PlannedObject {
  const terms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }]
  return {
    resource: 'persistentvolumes',
    object: {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: {
        accessModes: ['ReadWriteOnce'],
        capacity: { storage: size },
        local: { path },
        nodeAffinity: { required: { nodeSelectorTerms: terms } },
        persistentVolumeReclaimPolicy: 'Retain',
        ...(claim && {
          claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: claim[0], name: claim[1] },
        }),
        storageClassName,
        volumeMode: 'Filesystem',
      },
      status: { phase: 'Available' },
    },
  }
}

/** A class of volumes that nobody makes: they are bound once a pod has a node. */
export function localClass(name: string): PlannedObject {
  return {
    resource: 'storageclasses',
    object: {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name },
      provisioner: 'kubernetes.io/no-provisioner',
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
  }
}

/** Why nothing can be pulled where there is no way out. */
export const NO_WAY_OUT =
  'failed to pull and unpack image "{image}": failed to resolve reference "{image}": failed to do request: Head https://{host}/v2/: dial tcp: lookup {host}: no such host'
