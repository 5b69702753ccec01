import { ApiRefusal, conflict } from '../store/api-refusal.ts'
import { secondsOf } from '../store/deletion.ts'
import { isGuarded } from '../store/disruption-budgets.ts'
import { recordOf } from '../store/kubernetes-object.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { deleteObject, deleteOptionsOf, storedObject, type WriteTarget } from './object-writer.ts'
import { numberAt, textAt } from './table/columns.ts'

/** Pods of these phases go whatever a budget says. */
const UNCOUNTED = new Set(['Pending', 'Succeeded', 'Failed'])
const SUCCESS = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }

/** Evicts a pod unless a disruption budget forbids it. @throws {ApiRefusal} NotFound, BadRequest, TooManyRequests */
export function evictPod(store: ObjectStore, target: WriteTarget, body: unknown): object {
  const pod = storedObject(store, target)
  if (textAt(body, 'metadata.name') !== pod.metadata.name)
    throw new ApiRefusal('BadRequest', 'name in URL does not match name in Eviction object')
  const isCounted = !UNCOUNTED.has(textAt(pod, 'status.phase'))
  const [budget, second] = isCounted
    ? store.list('poddisruptionbudgets').filter((one) => isGuarded(one, pod))
    : []
  if (second !== undefined) {
    const message =
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.'
    throw new ApiRefusal('Unknown', message)
  }
  if (budget !== undefined && numberAt(budget, 'status.disruptionsAllowed') < 1) {
    const { name } = budget.metadata
    const healthy = `needs ${numberAt(budget, 'status.desiredHealthy')} healthy pods and has ${numberAt(budget, 'status.currentHealthy')} currently`
    throw new ApiRefusal(
      'TooManyRequests',
      "Cannot evict pod as it would violate the pod's disruption budget.",
      { causes: [{ reason: 'DisruptionBudget', message: `The disruption budget ${name} ${healthy}` }] },
    )
  }
  const options = recordOf(recordOf(body)['deleteOptions'])
  const isTried = Array.isArray(options['dryRun']) && options['dryRun'].includes('All')
  if (isTried) return SUCCESS
  deleteObject(store, target, deleteOptionsOf(options, new URLSearchParams()))
  return SUCCESS
}

/** Puts a pod on a node, as a scheduler does. @throws {ApiRefusal} NotFound, BadRequest, Conflict */
export function bindPod(store: ObjectStore, target: WriteTarget, body: unknown, now: number): object {
  const pod = storedObject(store, target)
  const node = textAt(body, 'target.name')
  if (node === '') throw new ApiRefusal('BadRequest', 'a binding names a node: target.name')
  const assigned = textAt(pod, 'spec.nodeName')
  if (assigned !== '') {
    const why = `pod ${pod.metadata.name} is already assigned to node "${assigned}"`
    throw conflict({ name: 'pods/binding', group: '' }, pod.metadata.name, why)
  }
  const scheduled = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: secondsOf(now),
  }
  store.update('pods', {
    ...pod,
    spec: { ...recordOf(pod.spec), nodeName: node },
    status: { ...recordOf(pod.status), conditions: [scheduled] },
  })
  return SUCCESS
}
