import type { StoredObject } from './object-store.ts'

const meta = (name: string, namespace?: string) => ({
  name,
  ...(namespace === undefined ? {} : { namespace }),
  uid: `uid-of-${namespace ?? ''}-${name}`,
  creationTimestamp: '2026-01-01T00:00:00Z',
})

/** A pod as the API gives it; most fields are left to the fleet. */
export function samplePod(name: string, namespace = 'default', nodeName = 'node-0'): StoredObject {
  return {
    metadata: meta(name, namespace),
    spec: { nodeName, containers: [{ name: 'main', image: 'registry.example/app:1' }] },
    status: { phase: 'Running' },
  }
}

export function sampleNode(name: string): StoredObject {
  return {
    metadata: meta(name),
    spec: {},
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      capacity: { cpu: '8', 'ephemeral-storage': '100Gi' },
      nodeInfo: { kubeletVersion: 'v1.29.3', containerRuntimeVersion: 'containerd://1.7.2' },
    },
  }
}

export function sampleStorageClass(name: string): StoredObject {
  return { metadata: meta(name), provisioner: 'kubernetes.io/no-provisioner' }
}

export function sampleVolumeAttachment(name: string): StoredObject {
  return {
    metadata: { ...meta(name), finalizers: ['external-attacher/csi-example'] },
    spec: { attacher: 'csi.example', nodeName: 'node-0', source: { persistentVolumeName: 'pv-0' } },
    status: { attached: true },
  }
}
