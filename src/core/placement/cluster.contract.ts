import { Node } from '../kubernetes/node.ts'
import { PersistentVolumeClaim } from '../kubernetes/persistent-volume-claim.ts'
import { PersistentVolume } from '../kubernetes/persistent-volume.ts'
import { Pod } from '../kubernetes/pod.ts'
import { StorageClass } from '../kubernetes/storage-class.ts'
import { say } from '../messages/message.ts'
import { indexCluster, type Cluster } from './index-cluster.ts'
import { placePod, type Placement, type PlacementOptions } from './place-pod.ts'

type Fields = Record<string, unknown>

/** A node with room for a few pods, its labels and taints (`key=value:effect`) in short. */
export function node(
  name: string,
  { labels = {}, taints = [], unschedulable, allocatable }: Fields & { taints?: string[] } = {},
): Node {
  return Node.parse({
    metadata: { name, labels: { 'kubernetes.io/hostname': name, ...(labels as Fields) } },
    spec: { unschedulable, taints: taints.map(taintOf) },
    status: {
      allocatable: allocatable ?? { cpu: '4', memory: '8Gi', 'ephemeral-storage': '100Gi', pods: '10' },
    },
  })
}

function taintOf(text: string) {
  const [, key, value, effect] = /^([^=:]*)(?:=([^:]*))?:(.*)$/.exec(text) ?? []
  return { key, value, effect }
}

/** A pod; what is given of its spec as the API writes it. */
export function pod(name: string, spec: Fields = {}, metadata: Fields = {}, status: Fields = {}): Pod {
  return Pod.parse({ metadata: { name, ...metadata }, spec, status })
}

/** A spec of one container that asks for this. */
export const asking = (requests: Fields) => ({ containers: [{ name: 'c', resources: { requests } }] })

/** A spec that uses claims. */
export const using = (...claims: string[]) => ({
  volumes: claims.map((claimName, index) => ({ name: `v${index}`, persistentVolumeClaim: { claimName } })),
})

/** A node selector term: `key Operator value value`. */
export const term = (...requirements: string[]) => ({
  matchExpressions: requirements.map((text) => {
    const [key, operator, ...values] = text.split(' ')
    return { key, operator, values }
  }),
})

export const claim = (name: string, spec: Fields = {}, metadata: Fields = {}, phase = 'Pending') =>
  PersistentVolumeClaim.parse({ metadata: { name, ...metadata }, spec, status: { phase } })

/** A claim that is bound to a volume. */
export const boundClaim = (name: string, volumeName: string, metadata: Fields = {}) =>
  claim(
    name,
    { volumeName },
    { annotations: { 'pv.kubernetes.io/bind-completed': 'yes' }, ...metadata },
    'Bound',
  )

/** A volume that can be used where one of the terms holds. */
export const volume = (name: string, terms?: readonly object[], spec: Fields = {}) =>
  PersistentVolume.parse({
    metadata: { name },
    spec: {
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteOnce'],
      ...(terms ? { nodeAffinity: { required: { nodeSelectorTerms: terms } } } : {}),
      ...spec,
    },
    status: { phase: 'Available' },
  })

export const storageClass = (name: string, fields: Fields = {}) =>
  StorageClass.parse({
    metadata: { name },
    provisioner: 'example.org/csi',
    volumeBindingMode: 'WaitForFirstConsumer',
    ...fields,
  })

/** Where a pod could run in a cluster of which all is known. */
export function place(one: Pod, cluster: Cluster, options?: PlacementOptions): Placement[] {
  const known = { pods: [], claims: [], volumes: [], storageClasses: [], ...cluster }
  return placePod(one, indexCluster(known), options)
}

/** What is said about each node, in English: `fits`, or the reasons. */
export function saidOf(placements: readonly Placement[]): string[] {
  return placements.map(({ verdict, reasons }) =>
    verdict === 'fits' ? verdict : reasons.map((reason) => say(reason, 'en')).join(' '),
  )
}

/** The reasons by their last word: `taints`, `insufficient`. */
export function reasonsOf(placements: readonly Placement[]): string[] {
  return placements.map(({ verdict, reasons }) =>
    verdict === 'fits' ? verdict : reasons.map(({ key }) => key.replace('placement.', '')).join(' '),
  )
}
