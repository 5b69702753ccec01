import { ApiRefusal, conflict } from '../store/api-refusal.ts'
import { secondsOf } from '../store/deletion.ts'
import { recordOf, type KubernetesObject } from '../store/kubernetes-object.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { deleteObject, deleteOptionsOf, storedObject, type WriteTarget } from './object-writer.ts'
import { at, numberAt, textAt } from './table/columns.ts'

const SUCCESS = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }

/** Evicts a pod unless a disruption budget forbids it. @throws {ApiRefusal} NotFound, TooManyRequests */
export function evictPod(store: ObjectStore, target: WriteTarget, body: unknown): object {
  const pod = storedObject(store, target)
  const budget = store.list('poddisruptionbudgets').find((one) => isGuarded(one, pod))
  if (budget !== undefined && numberAt(budget, 'status.disruptionsAllowed') < 1) {
    const { name } = budget.metadata
    const healthy = `needs ${numberAt(budget, 'status.desiredHealthy')} healthy pods and has ${numberAt(budget, 'status.currentHealthy')} currently`
    throw new ApiRefusal(
      'TooManyRequests',
      "Cannot evict pod as it would violate the pod's disruption budget.",
      { causes: [{ reason: 'DisruptionBudget', message: `The disruption budget ${name} ${healthy}` }] },
    )
  }
  deleteObject(store, target, deleteOptionsOf(recordOf(body)['deleteOptions'], new URLSearchParams()))
  return SUCCESS
}

function isGuarded(budget: KubernetesObject, { metadata }: KubernetesObject): boolean {
  const wanted = Object.entries(recordOf(at(budget, 'spec.selector.matchLabels')))
  if (budget.metadata.namespace !== metadata.namespace || wanted.length === 0) return false
  return wanted.every(([label, value]) => metadata.labels?.[label] === value)
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
