import { invalid, invalidValue } from '../store/api-refusal.ts'
import { recordOf, type KubernetesObject } from '../store/kubernetes-object.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { resourceKey } from '../store/resources.ts'
import { storedObject, type WriteTarget } from './object-writer.ts'
import { patched } from './patch/patched.ts'
import { at, numberAt } from './table/columns.ts'

const SCALE = { kind: 'Scale', group: 'autoscaling' }

/** How many replicas an object wants and has (`autoscaling/v1 Scale`). */
export function scaleOf(object: KubernetesObject): object {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const wanted = numberAt(object, 'spec.replicas')
  const labels = Object.entries(recordOf(at(object, 'spec.selector.matchLabels')))
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: wanted === 0 ? {} : { replicas: wanted },
    status: {
      replicas: numberAt(object, 'status.replicas'),
      selector: labels.map(([key, value]) => `${key}=${String(value)}`).join(','),
    },
  }
}

/** Sets the replicas: a whole Scale, or a patch of one. @throws {ApiRefusal} NotFound, Conflict, BadRequest, Invalid */
export function setScale(store: ObjectStore, target: WriteTarget, body: unknown, patchType?: string): object {
  const object = storedObject(store, target)
  const scale = patchType === undefined ? body : patched(patchType, false, scaleOf(object), body)
  const replicas = at(scale, 'spec.replicas') ?? 0
  if (!Number.isInteger(replicas) || Number(replicas) < 0) {
    throw invalid(SCALE, object.metadata.name, [
      invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0'),
    ])
  }
  const resourceVersion = at(scale, 'metadata.resourceVersion')
  const metadata = { ...object.metadata, ...(typeof resourceVersion === 'string' && { resourceVersion }) }
  const spec = { ...recordOf(object.spec), replicas }
  const wanted = { ...object, metadata, spec }
  return scaleOf(store.update(resourceKey(target.resource), wanted, target))
}
