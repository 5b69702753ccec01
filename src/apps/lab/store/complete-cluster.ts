import { randomUUID } from 'node:crypto'
import type { ObjectStore } from './object-store.ts'

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system']
const PRIORITIES = [
  [
    'system-cluster-critical',
    2_000_000_000,
    'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  ],
  [
    'system-node-critical',
    2_000_001_000,
    'Used for system critical pods that must not be moved from their current node.',
  ],
] as const

/** Adds what every cluster has and no scenario names. Their ids are no draws of the world's chance: it goes on as without them. */
export function completeCluster(store: ObjectStore): void {
  for (const name of NAMESPACES) {
    if (store.get('namespaces', undefined, name)) continue
    store.create('namespaces', {
      metadata: { name, uid: randomUUID() },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    })
  }
  for (const [name, value, description] of PRIORITIES) {
    store.create('priorityclasses', { metadata: { name, uid: randomUUID() }, value, description })
  }
}

/** Gives every namespace the account that its pods run as, as the controller of service accounts does. Returns how to end it. */
export function furnishNamespaces(store: ObjectStore): () => void {
  return store.onChange(({ type, resource, object }) => {
    if (resource !== 'namespaces' || type !== 'ADDED') return
    const { name: namespace } = object.metadata
    if (store.get('serviceaccounts', namespace, 'default')) return
    store.create('serviceaccounts', { metadata: { name: 'default', namespace, uid: randomUUID() } })
  })
}
