import { ApiRefusal, notFound } from '../store/api-refusal.ts'
import type { DeleteOptions } from '../store/deletion.ts'
import { recordOf, type KubernetesObject, type NewObject } from '../store/kubernetes-object.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { resourceKey, type ServedResource } from '../store/resources.ts'
import { checkName, updateOf, withDefaults } from './admission.ts'
import { objectOf } from './api-request.ts'
import { patched } from './patch/patched.ts'

/** Which object a request writes to. */
export interface WriteTarget {
  resource: ServedResource
  namespace: string | undefined
  name: string
  subresource?: string | undefined
  isDryRun: boolean
}

const ALWAYS_THERE = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease'])
/** Of these the API server returns what is deleted, of others only that it is. */
const RETURNED_WHEN_DELETED = new Set([
  'Pod',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'Service',
  'ServiceAccount',
])

/** The object a request names. @throws {ApiRefusal} NotFound */
export function storedObject(
  store: ObjectStore,
  { resource, namespace, name }: Pick<WriteTarget, 'resource' | 'namespace' | 'name'>,
): KubernetesObject {
  const object = store.get(resourceKey(resource), namespace, name)
  if (object === undefined) throw notFound(resource, name)
  return object
}

/** @throws {ApiRefusal} BadRequest, Invalid, NotFound for its namespace, AlreadyExists */
export function createObject(store: ObjectStore, target: Omit<WriteTarget, 'name'>, body: unknown): object {
  const { resource, namespace, isDryRun } = target
  const sent = objectOf(body)
  checkKind(resource, sent)
  const { resourceVersion, uid: _, ...given } = sent.metadata as NewObject['metadata']
  if (resourceVersion) {
    throw new ApiRefusal('BadRequest', 'resourceVersion should not be set on objects to be created')
  }
  checkNamespace(namespace, given.namespace)
  checkName(resource, given)
  if (
    namespace !== undefined &&
    !ALWAYS_THERE.has(namespace) &&
    !store.get('namespaces', undefined, namespace)
  ) {
    throw notFound({ name: 'namespaces', group: '' }, namespace)
  }
  const metadata = { ...given, ...(namespace !== undefined && { namespace }) }
  const made = withDefaults(resource, { ...sent, metadata })
  return isDryRun ? made : store.create(resourceKey(resource), made)
}

/** @throws {ApiRefusal} BadRequest, NotFound, Conflict */
export function replaceObject(store: ObjectStore, target: WriteTarget, body: unknown): object {
  const { resource, namespace, name, subresource, isDryRun } = target
  const sent = objectOf(body)
  checkKind(resource, sent)
  const stored = storedObject(store, target)
  checkNamespace(namespace, sent.metadata['namespace'])
  if ((sent.metadata['name'] ?? name) !== name) {
    const message = `the name of the object (${JSON.stringify(sent.metadata['name'])}) does not match the name on the URL (${name})`
    throw new ApiRefusal('BadRequest', message)
  }
  const metadata = withoutNulls({ ...sent.metadata, name, ...(namespace !== undefined && { namespace }) })
  const wanted = updateOf(resource, subresource, stored, { ...sent, metadata } as KubernetesObject)
  return isDryRun ? wanted : store.update(resourceKey(resource), wanted)
}

/** @throws {ApiRefusal} UnsupportedMediaType, BadRequest, Invalid, NotFound, Conflict */
export function patchObject(
  store: ObjectStore,
  target: WriteTarget,
  contentType: string,
  patch: unknown,
): object {
  const stored = storedObject(store, target)
  const after = patched(contentType, target.resource.custom !== undefined, stored, patch)
  return replaceObject(store, target, after)
}

/** @returns what a client is told. @throws {ApiRefusal} NotFound, Conflict */
export function deleteObject(store: ObjectStore, target: WriteTarget, options: DeleteOptions): object {
  const { resource, namespace, name, isDryRun } = target
  const stored = storedObject(store, target)
  if (isDryRun) return stored
  const { object, isGone } = store.remove(resourceKey(resource), namespace, name, options)
  if (!isGone || RETURNED_WHEN_DELETED.has(resource.kind)) return object
  const { group, name: kind } = resource
  const details = { name, ...(group !== '' && { group }), kind, uid: object.metadata.uid }
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }
}

/** Reads what a body or a query asks of a deletion; the query counts where the body says nothing. */
export function deleteOptionsOf(body: unknown, query: URLSearchParams): DeleteOptions {
  const sent = recordOf(body)
  const grace = sent['gracePeriodSeconds'] ?? numberOf(query.get('gracePeriodSeconds'))
  const propagation = sent['propagationPolicy'] ?? query.get('propagationPolicy')
  const { uid, resourceVersion } = recordOf(sent['preconditions'])
  return {
    ...(typeof grace === 'number' && Number.isFinite(grace) && { gracePeriodSeconds: grace }),
    ...((propagation === 'Orphan' || propagation === 'Foreground' || propagation === 'Background') && {
      propagationPolicy: propagation,
    }),
    preconditions: {
      ...(typeof uid === 'string' && { uid }),
      ...(typeof resourceVersion === 'string' && { resourceVersion }),
    },
  }
}

const numberOf = (text: string | null) => (text === null ? undefined : Number(text))

function checkKind({ kind }: ServedResource, sent: Record<string, unknown>): void {
  if (sent['kind'] === undefined || sent['kind'] === kind) return
  const message = `the object provided is unrecognized: its kind is ${JSON.stringify(sent['kind'])}, not "${kind}"`
  throw new ApiRefusal('BadRequest', message)
}

function checkNamespace(namespace: string | undefined, sent: unknown): void {
  if (namespace === undefined || sent === undefined || sent === '' || sent === namespace) return
  throw new ApiRefusal(
    'BadRequest',
    'the namespace of the provided object does not match the namespace sent on the request',
  )
}

function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}
