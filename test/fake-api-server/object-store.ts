/** An object as the API gives it. */
export interface StoredObject {
  metadata: {
    name: string
    namespace?: string
    uid?: string
    resourceVersion?: string
    [field: string]: unknown
  }
  [field: string]: unknown
}

/** One change, as a watch tells it; the object already as JSON. */
export interface StoredChange {
  revision: number
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  namespace: string
  json: string
}

/** The objects of one resource and their history, as etcd keeps them: one revision counts for all resources. */
export interface ObjectStore {
  put(resource: string, object: StoredObject): void
  remove(resource: string, namespace: string, name: string): void
  /** Sorted by namespace and name, as JSON. */
  objects(resource: string): readonly { key: string; namespace: string; json: string }[]
  revision(): number
  /** Changes after a revision; undefined when it is forgotten. */
  changesAfter(resource: string, revision: number): readonly StoredChange[] | undefined
  /** Forgets the history up to now. */
  compact(): void
  onChange(resource: string, call: (change: StoredChange) => void): () => void
}

const MOST_HISTORY = 10_000

interface StoredResource {
  objects: Map<string, { namespace: string; json: string; object: StoredObject }>
  history: StoredChange[]
  listeners: Set<(change: StoredChange) => void>
}

/** A store in memory. */
export function createObjectStore(): ObjectStore {
  const resources = new Map<string, StoredResource>()
  let revision = 1000
  let forgotten = 1000

  const of = (resource: string) => {
    const known: StoredResource = resources.get(resource) ?? {
      objects: new Map(),
      history: [],
      listeners: new Set(),
    }
    resources.set(resource, known)
    return known
  }
  const record = (resource: string, change: StoredChange) => {
    const { history, listeners } = of(resource)
    history.push(change)
    if (history.length > MOST_HISTORY) forgotten = Math.max(forgotten, history.shift()?.revision ?? 0)
    for (const call of listeners) call(change)
  }

  return {
    put(resource, object) {
      const { objects } = of(resource)
      const namespace = object.metadata.namespace ?? ''
      const key = `${namespace}/${object.metadata.name}`
      const type = objects.has(key) ? 'MODIFIED' : 'ADDED'
      revision++
      const stamped = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } }
      const json = JSON.stringify(stamped)
      objects.set(key, { namespace, json, object: stamped })
      record(resource, { revision, type, namespace, json })
    },
    remove(resource, namespace, name) {
      const { objects } = of(resource)
      const key = `${namespace}/${name}`
      const known = objects.get(key)
      if (known === undefined) return
      objects.delete(key)
      revision++
      const { object } = known
      const json = JSON.stringify({
        ...object,
        metadata: { ...object.metadata, resourceVersion: String(revision) },
      })
      record(resource, { revision, type: 'DELETED', namespace, json })
    },
    objects: (resource) =>
      [...of(resource).objects]
        .map(([key, { namespace, json }]) => ({ key, namespace, json }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    revision: () => revision,
    changesAfter(resource, after) {
      return after < forgotten ? undefined : of(resource).history.filter((change) => change.revision > after)
    },
    compact() {
      forgotten = revision
      for (const { history } of resources.values()) history.length = 0
    },
    onChange(resource, call) {
      const { listeners } = of(resource)
      listeners.add(call)
      return () => void listeners.delete(call)
    },
  }
}
