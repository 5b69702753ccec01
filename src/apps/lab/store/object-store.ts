import { isDeepStrictEqual } from 'node:util'
import type { Instant } from '../../../core/units/instant.ts'
import { alreadyExists, conflict, notFound } from './api-refusal.ts'
import { changeHistory, type ObjectChange } from './change-history.ts'
import {
  checkPreconditions,
  isReleased,
  lastOf,
  markedForDeletion,
  secondsOf,
  type DeleteOptions,
} from './deletion.ts'
import type { KubernetesObject, NewObject, ObjectMetadata } from './kubernetes-object.ts'
import { BUILT_IN_RESOURCES, resourceKey, type ServedResource } from './resources.ts'

/** The objects of a cluster, as an API server keeps them in etcd. Objects are never changed in place. */
export interface ObjectStore {
  /** What is served: what Kubernetes brings, and what CustomResourceDefinitions add. */
  resources(): readonly ServedResource[]
  addResource(resource: ServedResource): void
  removeResource(resource: ServedResource): void
  /** Sorted by namespace and name. */
  list(resource: string): readonly KubernetesObject[]
  get(resource: string, namespace: string | undefined, name: string): KubernetesObject | undefined
  /** @throws {ApiRefusal} AlreadyExists */
  create(resource: string, object: NewObject, how?: WriteManner): KubernetesObject
  /**
   * Replaces an object; what is marked for deletion and not held any more goes.
   * @throws {ApiRefusal} NotFound; Conflict when its resourceVersion or UID is not the stored one
   */
  update(resource: string, object: KubernetesObject, how?: WriteManner): KubernetesObject
  /** Marks an object for deletion or lets it go; `isGone` says which. @throws {ApiRefusal} NotFound, Conflict */
  remove(
    resource: string,
    namespace: string | undefined,
    name: string,
    options?: DeleteOptions,
    how?: WriteManner,
  ): { object: KubernetesObject; isGone: boolean }
  /** Called in the order of the changes, before the writer goes on. What is returned ends it. */
  onChange(listener: (change: ObjectChange) => void): () => void
  /** Undefined when some of them are forgotten. */
  changesAfter(resource: string, revision: number): readonly ObjectChange[] | undefined
  /** Forgets the history up to now. */
  compact(): void
  revision(): number
}

/** Whether a write is only tried: everything is checked and answered, nothing is kept. */
export interface WriteManner {
  isDryRun?: boolean
}

/** What a store needs of its world. */
export interface StoreSurroundings {
  now: () => Instant
  newUid: () => string
  /** From 0 to below 1. */
  random: () => number
  /** Changes kept of each resource at least. */
  mostHistory?: number
}

interface Shelf {
  resource: ServedResource
  objects: Map<string, KubernetesObject>
  /** Absent when the order has to be found again. */
  sorted?: readonly KubernetesObject[] | undefined
}

const MOST_HISTORY = 5000
/** Lists begin above it, so that zero and one mean what they mean to Kubernetes. */
const FIRST_REVISION = 1000
const NAME_LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** An empty store. */
export function createObjectStore(around: StoreSurroundings): ObjectStore {
  const shelves = new Map<string, Shelf>()
  const listeners = new Set<(change: ObjectChange) => void>()
  const history = changeHistory(around.mostHistory ?? MOST_HISTORY)
  const untold: ObjectChange[] = []
  let revision = FIRST_REVISION

  const addResource = (resource: ServedResource) => {
    shelves.set(resourceKey(resource), { resource, objects: new Map() })
  }
  BUILT_IN_RESOURCES.forEach(addResource)
  const shelf = (name: string): Shelf => {
    const found = shelves.get(name)
    if (found === undefined) throw new TypeError(`not a resource of the lab: ${name}`)
    return found
  }
  const found = ({ resource, objects }: Shelf, namespace: string | undefined, name: string) => {
    const object = objects.get(keyOf({ name, ...(namespace !== undefined && { namespace }) }))
    if (object === undefined) throw notFound(resource, name)
    return object
  }

  function record(
    type: ObjectChange['type'],
    at: Shelf,
    object: KubernetesObject,
    before?: KubernetesObject,
  ) {
    revision++
    const stamped = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } }
    const key = keyOf(object.metadata)
    if (type === 'DELETED') at.objects.delete(key)
    else at.objects.set(key, stamped)
    at.sorted = undefined
    const change = { type, resource: resourceKey(at.resource), revision, object: stamped, before }
    history.record(change)
    tell(change)
    return stamped
  }

  /** What a listener changes in turn is told after what it was told itself, to everybody. */
  function tell(change: ObjectChange) {
    untold.push(change)
    if (untold.length > 1) return
    try {
      for (let next = untold[0]; next !== undefined; next = untold[0]) {
        for (const listener of listeners) listener(next)
        untold.shift()
      }
    } finally {
      untold.length = 0
    }
  }

  return {
    resources: () => [...shelves.values()].map(({ resource }) => resource),
    addResource,
    removeResource: (resource) => void shelves.delete(resourceKey(resource)),
    list(resource) {
      const at = shelf(resource)
      at.sorted ??= [...at.objects].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object)
      return at.sorted
    },
    get: (resource, namespace, name) =>
      shelf(resource).objects.get(keyOf({ name, ...(namespace !== undefined && { namespace }) })),
    create(resource, object, { isDryRun = false } = {}) {
      const at = shelf(resource)
      const made = {
        apiVersion: groupVersionOf(at.resource),
        kind: at.resource.kind,
        ...object,
        metadata: withoutNothing(metadataOfNew(object.metadata, at.resource, around)),
      }
      if (at.objects.has(keyOf(made.metadata))) throw alreadyExists(at.resource, made.metadata.name)
      return isDryRun ? made : record('ADDED', at, made)
    },
    update(resource, object, { isDryRun = false } = {}) {
      const at = shelf(resource)
      const before = found(at, object.metadata.namespace, object.metadata.name)
      const after = { ...object, metadata: withoutNothing(keptMetadata(at.resource, before, object)) }
      if (isDeepStrictEqual(before, after)) return before
      if (isDryRun) return after
      return isReleased(after) ? record('DELETED', at, after, before) : record('MODIFIED', at, after, before)
    },
    remove(resource, namespace, name, options = {}, { isDryRun = false } = {}) {
      const at = shelf(resource)
      const object = found(at, namespace, name)
      checkPreconditions(at.resource, object, options)
      const marked = markedForDeletion(at.resource, object, options, around.now())
      if (marked === undefined) {
        const gone = lastOf(at.resource, object, around.now())
        return { object: isDryRun ? gone : record('DELETED', at, gone, object), isGone: true }
      }
      if (isDryRun || isDeepStrictEqual(marked, object)) return { object: marked, isGone: false }
      return { object: record('MODIFIED', at, marked, object), isGone: false }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    changesAfter: (resource, after) => history.after(resource, after),
    compact: () => history.compact(revision),
    revision: () => revision,
  }
}

/** `v1`, `apps/v1`: the best version it is served in. */
export function groupVersionOf({ group, versions }: ServedResource): string {
  return group === '' ? versions[0] : `${group}/${versions[0]}`
}

function keyOf({ namespace = '', name }: Pick<ObjectMetadata, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`
}

function metadataOfNew(
  { name, generateName = '', ...given }: NewObject['metadata'],
  { countsGeneration }: ServedResource,
  { now, newUid, random }: StoreSurroundings,
): ObjectMetadata {
  const letter = () => NAME_LETTERS[Math.floor(random() * NAME_LETTERS.length)] ?? ''
  const { namespace, uid, creationTimestamp, ...rest } = given
  return {
    name: name ?? `${generateName}${Array.from({ length: 5 }, letter).join('')}`,
    ...(generateName !== '' && { generateName }),
    ...(namespace !== undefined && { namespace }),
    uid: uid ?? newUid(),
    creationTimestamp: creationTimestamp ?? secondsOf(now()),
    ...(countsGeneration && { generation: 1 }),
    ...rest,
  }
}

/** Kubernetes writes none of these when there is nothing in it. */
const LEFT_OUT_EMPTY = ['labels', 'annotations', 'finalizers', 'ownerReferences'] as const

function withoutNothing(metadata: ObjectMetadata): ObjectMetadata {
  const isEmpty = (held: unknown) =>
    held === null || (typeof held === 'object' && Object.keys(held).length === 0)
  const empty = LEFT_OUT_EMPTY.filter((field) => isEmpty(metadata[field]))
  if (empty.length === 0) return metadata
  const kept: ObjectMetadata = { ...metadata }
  for (const field of empty) delete kept[field]
  return kept
}

/** Where an API server keeps what is not kept by its plural name. */
const KEPT_ELSEWHERE: Readonly<Partial<Record<string, string>>> = {
  nodes: 'minions',
  endpoints: 'services/endpoints',
  services: 'services/specs',
}

/** The key of an object in etcd, which some refusals name. */
function storageKey(
  { name: plural, group, custom }: ServedResource,
  { namespace, name }: ObjectMetadata,
): string {
  const isFurther = custom !== undefined || group === 'apiextensions.k8s.io'
  const shelf = isFurther ? `${group}/${plural}` : group === '' ? (KEPT_ELSEWHERE[plural] ?? plural) : plural
  return ['/registry', shelf, ...(namespace === undefined ? [] : [namespace]), name].join('/')
}

/** What no client changes stays; the generation counts changes of what is asked for. */
function keptMetadata(
  resource: ServedResource,
  before: KubernetesObject,
  { metadata, spec }: KubernetesObject,
): ObjectMetadata {
  const { name, uid, resourceVersion, creationTimestamp, generation = 0 } = before.metadata
  if (metadata.uid !== undefined && metadata.uid !== uid) {
    const why = `StorageError: invalid object, Code: 4, Key: ${storageKey(resource, before.metadata)}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${uid}`
    throw conflict(resource, name, why)
  }
  if ((metadata.resourceVersion ?? resourceVersion) !== resourceVersion) {
    throw conflict(
      resource,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    )
  }
  const kept: ObjectMetadata = { ...metadata, name }
  if (uid !== undefined) kept.uid = uid
  if (resourceVersion !== undefined) kept.resourceVersion = resourceVersion
  if (creationTimestamp !== undefined) kept.creationTimestamp = creationTimestamp
  for (const field of ['deletionTimestamp', 'deletionGracePeriodSeconds'] as const) {
    delete kept[field]
    if (before.metadata[field] !== undefined) Object.assign(kept, { [field]: before.metadata[field] })
  }
  if (resource.countsGeneration) {
    kept.generation = isDeepStrictEqual(before.spec, spec) ? generation : generation + 1
  }
  return kept
}
