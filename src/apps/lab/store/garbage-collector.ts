import type { KubernetesObject } from './kubernetes-object.ts'
import type { ObjectStore } from './object-store.ts'
import { resourceKey } from './resources.ts'

/** What is removed often and owns nothing. */
const OWNS_NOTHING = new Set(['events', 'leases', 'pods', 'endpointslices'])
const PROPAGATION = new Set(['orphan', 'foregroundDeletion'])

/** Removes what belongs to an owner or a namespace that is gone, as the controllers of Kubernetes do. Returns how to end it. */
export function collectGarbage(store: ObjectStore): () => void {
  return store.onChange(({ type, resource, object }) => {
    if (OWNS_NOTHING.has(resource)) return
    const { finalizers = [], deletionTimestamp } = object.metadata
    const asked = finalizers.filter((finalizer) => PROPAGATION.has(finalizer))
    if (type !== 'DELETED' && (deletionTimestamp === undefined || asked.length === 0)) return
    if (asked.includes('orphan')) orphan(store, object)
    else removeDependents(store, object)
    if (resource === 'namespaces') removeContents(store, object.metadata.name)
    if (type !== 'DELETED') {
      const { resourceVersion: _, ...metadata } = object.metadata
      const left = finalizers.filter((finalizer) => !PROPAGATION.has(finalizer))
      store.update(resource, { ...object, metadata: { ...metadata, finalizers: left } })
    }
  })
}

function dependents(store: ObjectStore, owner: KubernetesObject) {
  const isOwned = ({ metadata }: KubernetesObject) =>
    metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) === true
  return store
    .resources()
    .map(resourceKey)
    .flatMap((key) =>
      store
        .list(key)
        .filter(isOwned)
        .map((object) => ({ key, object })),
    )
}

function removeDependents(store: ObjectStore, owner: KubernetesObject): void {
  for (const { key, object } of dependents(store, owner)) remove(store, key, object)
}

function removeContents(store: ObjectStore, namespace: string): void {
  for (const key of store.resources().map(resourceKey)) {
    const own = store.list(key).filter(({ metadata }) => metadata.namespace === namespace)
    for (const object of own) remove(store, key, object)
  }
}

/** Unless it is gone by now, with something else. */
function remove(store: ObjectStore, key: string, { metadata: { namespace, name } }: KubernetesObject): void {
  if (store.get(key, namespace, name) !== undefined) store.remove(key, namespace, name)
}

function orphan(store: ObjectStore, owner: KubernetesObject): void {
  for (const { key, object } of dependents(store, owner)) {
    const ownerReferences =
      object.metadata.ownerReferences?.filter(({ uid }) => uid !== owner.metadata.uid) ?? []
    store.update(key, { ...object, metadata: { ...object.metadata, ownerReferences } })
  }
}
