import { formatInstant, type Instant } from '../../../core/units/instant.ts'
import { conflict } from './api-refusal.ts'
import { recordOf, type KubernetesObject } from './kubernetes-object.ts'
import type { ServedResource } from './resources.ts'

/** What a client asks for with a deletion (`metav1.DeleteOptions`). */
export interface DeleteOptions {
  gracePeriodSeconds?: number
  propagationPolicy?: 'Orphan' | 'Background' | 'Foreground'
  preconditions?: { uid?: string; resourceVersion?: string }
}

const DEFAULT_GRACE_SECONDS = 30
const PROPAGATION_FINALIZERS: Partial<Record<string, string>> = {
  Foreground: 'foregroundDeletion',
  Orphan: 'orphan',
}

/** @throws {ApiRefusal} Conflict when it is not the object that is meant */
export function checkPreconditions(
  resource: ServedResource,
  { metadata }: KubernetesObject,
  { preconditions }: DeleteOptions,
): void {
  const { uid, resourceVersion } = preconditions ?? {}
  const subject = { name: resource.kind, group: resource.group }
  if (uid !== undefined && uid !== metadata.uid) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`
    throw conflict(subject, metadata.name, why)
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    const why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`
    throw conflict(subject, metadata.name, why)
  }
}

/**
 * The object as it is marked for deletion; undefined when nothing holds it and it goes at once. A pod that is on a node
 * and has not ended is left to its kubelet for the grace period.
 */
export function markedForDeletion(
  resource: ServedResource,
  object: KubernetesObject,
  options: DeleteOptions,
  now: Instant,
): KubernetesObject | undefined {
  const graceSeconds = resource.kind === 'Pod' ? graceOfPod(object, options) : 0
  const propagation = PROPAGATION_FINALIZERS[options.propagationPolicy ?? '']
  const held = object.metadata.finalizers ?? []
  const finalizers = propagation === undefined || held.includes(propagation) ? held : [...held, propagation]
  if (graceSeconds === 0 && finalizers.length === 0) return undefined
  const { deletionTimestamp, deletionGracePeriodSeconds: earlier = 0 } = object.metadata
  const isLonger = deletionTimestamp !== undefined && graceSeconds >= earlier
  const metadata = {
    ...object.metadata,
    ...(finalizers.length > 0 && { finalizers }),
    ...(!isLonger && {
      deletionTimestamp: secondsOf(now + graceSeconds * 1000),
      deletionGracePeriodSeconds: graceSeconds,
    }),
  }
  return { ...object, metadata }
}

/** What is said of an object that goes at once: of a pod also that it had no time left. */
export function lastOf({ kind }: ServedResource, object: KubernetesObject, now: Instant): KubernetesObject {
  if (kind !== 'Pod') return object
  const { deletionTimestamp = secondsOf(now) } = object.metadata
  return { ...object, metadata: { ...object.metadata, deletionTimestamp, deletionGracePeriodSeconds: 0 } }
}

/** Whether nothing holds an object any more that is marked for deletion. */
export function isReleased({ metadata }: KubernetesObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = metadata
  return deletionTimestamp !== undefined && deletionGracePeriodSeconds === 0 && finalizers.length === 0
}

/** An instant as most of the API writes it: whole seconds. */
export function secondsOf(at: Instant): string {
  return formatInstant(Math.floor(at / 1000) * 1000)
}

function graceOfPod({ spec, status }: KubernetesObject, { gracePeriodSeconds }: DeleteOptions): number {
  const { nodeName, terminationGracePeriodSeconds } = recordOf(spec)
  const { phase } = recordOf(status)
  if (nodeName === undefined || nodeName === '' || phase === 'Succeeded' || phase === 'Failed') return 0
  const own =
    typeof terminationGracePeriodSeconds === 'number' ? terminationGracePeriodSeconds : DEFAULT_GRACE_SECONDS
  return Math.max(0, gracePeriodSeconds ?? own)
}
