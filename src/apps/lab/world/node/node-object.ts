import { diskPressureCondition } from '../../../../core/kubelet/eviction/eviction-status.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import { toMicroseconds, toSeconds } from '../kubernetes-time.ts'
import type { NodeCondition, NodeObject } from '../objects.ts'
import type { ImageStore } from './image-store.ts'
import type { NodeAddresses } from './node-addresses.ts'
import type { NodePlan } from './node-state.ts'

/** A node as it registers itself. */
export function nodeObject(
  plan: NodePlan,
  uid: string,
  { host, podCidr }: NodeAddresses,
  at: Instant,
): NodeObject {
  const time = toSeconds(at)
  const capacity = {
    cpu: plan.cpu ?? '8',
    'ephemeral-storage': `${Math.floor(plan.disk.capacityBytes / 1024)}Ki`,
    memory: plan.memory ?? '32Gi',
    pods: '110',
  }
  const condition = (type: string, status: string, reason: string, message: string): NodeCondition => ({
    type,
    status,
    reason,
    message,
    lastHeartbeatTime: time,
    lastTransitionTime: time,
  })
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: plan.name,
      uid,
      creationTimestamp: time,
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': plan.name,
        'kubernetes.io/os': 'linux',
        ...plan.labels,
      },
      annotations: { 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
    },
    spec: { podCIDR: podCidr, ...(plan.taints && { taints: [...plan.taints] }) },
    status: {
      capacity,
      allocatable: { ...capacity, 'ephemeral-storage': String(Math.floor(plan.disk.capacityBytes * 0.9)) },
      conditions: [
        condition(
          'MemoryPressure',
          'False',
          'KubeletHasSufficientMemory',
          'kubelet has sufficient memory available',
        ),
        diskPressure(false, at),
        condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
        condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
      ],
      addresses: [
        { type: 'InternalIP', address: host },
        { type: 'Hostname', address: plan.name },
      ],
      images: [],
      nodeInfo: {
        architecture: 'amd64',
        bootID: uid,
        containerRuntimeVersion: plan.runtime,
        kernelVersion: '3.10.0-514.el7.x86_64',
        kubeProxyVersion: plan.kubeletVersion,
        kubeletVersion: plan.kubeletVersion,
        machineID: uid.replaceAll('-', ''),
        operatingSystem: 'linux',
        osImage: 'CentOS Linux 7 (Core)',
        systemUUID: uid,
      },
    },
  }
}

/** The condition DiskPressure, as it has just come to be (semantics §3.11). */
export function diskPressure(holds: boolean, at: Instant): NodeCondition {
  return {
    type: 'DiskPressure',
    ...diskPressureCondition(holds),
    lastHeartbeatTime: toSeconds(at),
    lastTransitionTime: toSeconds(at),
  }
}

/** The images that a node's status lists (semantics §10.1): the 50 largest, each under five names at most. */
export function statusImages(store: ImageStore): NodeObject['status']['images'] {
  return store
    .images()
    .map((image) => ({ id: image.id, names: image.names.slice(0, 5), sizeBytes: store.reportedBytes(image) }))
    .toSorted((a, b) => b.sizeBytes - a.sizeBytes || (a.id < b.id ? 1 : -1))
    .slice(0, 50)
    .map(({ names, sizeBytes }) => ({ names: [...names], sizeBytes }))
}

/** A node's lease, as it is renewed. */
export function nodeLease(name: string, at: Instant) {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-node-lease' },
    spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: toMicroseconds(at) },
  }
}
