import { ApiRefusal, invalid, notFound, type FieldProblem } from '../store/api-refusal.ts'
import type { DeleteOptions } from '../store/deletion.ts'
import { recordOf, type KubernetesObject, type NewObject } from '../store/kubernetes-object.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { resourceKey, type ServedResource } from '../store/resources.ts'
import { checkPropagation } from './write-options.ts'
import { updateOf, withDefaults } from './admission.ts'
import { objectOf } from './api-request.ts'
import { problemsOfChange, problemsOfNew, refuseFor } from './check-metadata.ts'
import { checkPatched, checkTypes, withoutUnknown } from './check-types.ts'
import { problemsOfSpec, problemsOfSpecChange } from './check-spec.ts'
import { inVersion } from './discovery.ts'
import { patched } from './patch/patched.ts'

/** Which object a request writes to. */
export interface WriteTarget {
  resource: ServedResource
  namespace: string | undefined
  name: string
  subresource?: string | undefined
  isDryRun: boolean
}

/** Custom resources are not replaced unseen. */
const UNVERSIONED: FieldProblem = {
  field: 'metadata.resourceVersion',
  message: 'Invalid value: 0x0: must be specified for an update',
  reason: 'FieldValueInvalid',
}
const ALWAYS_THERE = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease'])
/** Of these the API server returns what is deleted, of others only that it is. */
const RETURNED_WHEN_DELETED = new Set([
  'Pod',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'Service',
  'ServiceAccount',
  'ResourceQuota',
  'StorageClass',
  'VolumeAttachment',
  'CSIDriver',
  'CSINode',
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
export function createObject(
  store: ObjectStore,
  target: Omit<WriteTarget, 'name'>,
  version: string,
  body: unknown,
): object {
  const { resource, namespace, isDryRun } = target
  const sent = objectOf(body)
  checkKind(resource, version, sent)
  const { resourceVersion, uid: _, ...given } = sent.metadata as NewObject['metadata']
  if (resourceVersion) {
    throw new ApiRefusal('Unknown', 'resourceVersion should not be set on objects to be created')
  }
  checkTypes(resource, sent)
  checkNamespace(namespace, given.namespace)
  if (
    namespace !== undefined &&
    !ALWAYS_THERE.has(namespace) &&
    !store.get('namespaces', undefined, namespace)
  ) {
    throw notFound({ name: 'namespaces', group: '' }, namespace)
  }
  const metadata = { ...given, ...(namespace !== undefined && { namespace }) }
  const made = withDefaults(resource, { ...withoutUnknown(resource, sent), metadata })
  const problems = [...problemsOfNew(resource, metadata), ...problemsOfSpec(resource.kind, made)]
  refuseFor(resource, given.name ?? '', problems)
  return store.create(resourceKey(resource), made, { isDryRun })
}

/** @throws {ApiRefusal} BadRequest, NotFound, Conflict */
export function replaceObject(
  store: ObjectStore,
  target: WriteTarget,
  version: string,
  body: unknown,
): object {
  const { resource, namespace, name, subresource, isDryRun } = target
  const sent = objectOf(body)
  checkKind(resource, version, sent)
  checkTypes(resource, sent)
  const stored = storedObject(store, target)
  checkNamespace(namespace, sent.metadata['namespace'])
  if ((sent.metadata['name'] ?? name) !== name) {
    const message = `the name of the object (${String(sent.metadata['name'])}) does not match the name on the URL (${name})`
    throw new ApiRefusal('BadRequest', message)
  }
  const metadata = withoutNulls({ ...sent.metadata, name, ...(namespace !== undefined && { namespace }) })
  const wanted = updateOf(resource, subresource, stored, {
    ...withoutUnknown(resource, sent),
    metadata,
  } as KubernetesObject)
  if (resource.custom !== undefined && !sent.metadata['resourceVersion']) {
    throw invalid({ kind: resource.name, group: resource.group }, name, [UNVERSIONED])
  }
  refuseFor(resource, name, [
    ...problemsOfChange(stored.metadata, wanted.metadata),
    ...problemsOfSpecChange(resource.kind, stored, wanted),
  ])
  return store.update(resourceKey(resource), wanted, { isDryRun })
}

/** @throws {ApiRefusal} UnsupportedMediaType, BadRequest, Invalid, NotFound, Conflict */
export function patchObject(
  store: ObjectStore,
  target: WriteTarget,
  version: string,
  contentType: string,
  patch: unknown,
): object {
  const stored = storedObject(store, target)
  const after = patched(contentType, target.resource.custom !== undefined, stored, patch)
  checkPatched(target.resource, after)
  return replaceObject(store, target, version, inVersion(target.resource, version, after as KubernetesObject))
}

/** @returns what a client is told. @throws {ApiRefusal} NotFound, Conflict */
export function deleteObject(store: ObjectStore, target: WriteTarget, options: DeleteOptions): object {
  const { resource, namespace, name, isDryRun } = target
  storedObject(store, target)
  const { object, isGone } = store.remove(resourceKey(resource), namespace, name, options, { isDryRun })
  if (!isGone || RETURNED_WHEN_DELETED.has(resource.kind)) return object
  const { group, name: kind } = resource
  const details = { name, ...(group !== '' && { group }), kind, uid: object.metadata.uid }
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }
}

/** Reads what a body or a query asks of a deletion; the query counts where the body says nothing. */
export function deleteOptionsOf(body: unknown, query: URLSearchParams): DeleteOptions {
  const sent = recordOf(body)
  const kind = sent['kind'] ?? 'DeleteOptions'
  if (kind !== 'DeleteOptions') {
    const message = `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(sent['apiVersion'] ?? '')} in scheme "${META_SCHEME}"`
    throw new ApiRefusal('Unknown', message)
  }
  checkPropagation(sent['propagationPolicy'] ?? query.get('propagationPolicy'))
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

function checkKind(resource: ServedResource, version: string, sent: Record<string, unknown>): void {
  const { kind, group } = resource
  const { apiVersion } = sent
  if (sent['kind'] === undefined || sent['kind'] === kind) {
    const wanted = group === '' ? version : `${group}/${version}`
    if (apiVersion === undefined || apiVersion === wanted) return
    throw new ApiRefusal(
      'BadRequest',
      otherVersion(resource, typeof apiVersion === 'string' ? apiVersion : '', wanted),
    )
  }
  const message = `the object provided is unrecognized: its kind is ${JSON.stringify(sent['kind'])}, not "${kind}"`
  throw new ApiRefusal('BadRequest', message)
}

const META_SCHEME = 'k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27'
const SCHEME = 'k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30'

/** What is said of a kind in a version that is not the one of the path. */
function otherVersion({ kind, group, versions }: ServedResource, sent: string, wanted: string): string {
  const isKnown = versions.some((version) => sent === (group === '' ? version : `${group}/${version}`))
  if (isKnown) {
    return `the API version in the data (${sent}) does not match the expected API version (${wanted})`
  }
  const why = `no kind "${kind}" is registered for version "${sent}" in scheme "${SCHEME}"`
  return `${kind} in version "${sent.split('/').at(-1)}" cannot be handled as a ${kind}: ${why}`
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
