import { recordOf, type KubernetesObject } from './kubernetes-object.ts'
import type { ObjectStore } from './object-store.ts'
import { selects } from './label-selector.ts'

/** The workloads whose pods a budget in percent counts by what they want. */
const SCALED: Partial<Record<string, string>> = {
  StatefulSet: 'statefulsets',
  ReplicaSet: 'replicasets',
  ReplicationController: 'replicationcontrollers',
  Deployment: 'deployments',
}

/** Whether a budget is about a pod. */
export function isGuarded({ metadata, spec }: KubernetesObject, pod: KubernetesObject): boolean {
  return (
    metadata.namespace === pod.metadata.namespace && selects(recordOf(spec)['selector'], pod.metadata.labels)
  )
}

/** Counts the pods of disruption budgets, as their controller does. Returns how to end it. */
export function countDisruptions(store: ObjectStore): () => void {
  return store.onChange(({ type, resource, object, before }) => {
    if (resource === 'poddisruptionbudgets' && type !== 'DELETED') count(store, object)
    if (resource !== 'pods') return
    const budgets = store.list('poddisruptionbudgets')
    for (const budget of budgets) {
      if (isGuarded(budget, object) || (before && isGuarded(budget, before))) count(store, budget)
    }
  })
}

function count(store: ObjectStore, { metadata: { namespace, name } }: KubernetesObject): void {
  const budget = store.get('poddisruptionbudgets', namespace, name)
  if (budget === undefined || budget.metadata.deletionTimestamp !== undefined) return
  const status = statusOf(store, budget)
  const { resourceVersion: _version, ...metadata } = budget.metadata
  store.update('poddisruptionbudgets', { ...budget, metadata, status })
}

function statusOf(store: ObjectStore, budget: KubernetesObject): object {
  const { minAvailable, maxUnavailable } = recordOf(budget.spec)
  const pods = store.list('pods').filter((pod) => isGuarded(budget, pod))
  const wanted = typeof minAvailable === 'number' ? pods.length : wantedPods(store, pods)
  const expectedPods = wanted ?? 0
  const desiredHealthy =
    maxUnavailable === undefined
      ? share(minAvailable ?? 1, expectedPods)
      : Math.max(0, expectedPods - share(maxUnavailable, expectedPods))
  const currentHealthy = pods.filter(isHealthy).length
  return {
    observedGeneration: budget.metadata.generation,
    disruptionsAllowed: expectedPods === 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy),
    currentHealthy,
    desiredHealthy,
    expectedPods,
  }
}

/** What the workloads of pods want together; undefined when one of them has no workload. */
function wantedPods(store: ObjectStore, pods: readonly KubernetesObject[]): number | undefined {
  const owners = new Map<string, number>()
  for (const { metadata } of pods) {
    const owner = metadata.ownerReferences?.find(({ controller }) => controller === true)
    const resource = SCALED[owner?.kind ?? '']
    const object = resource && owner ? store.get(resource, metadata.namespace, owner.name) : undefined
    if (owner === undefined || object === undefined) return undefined
    const { replicas } = recordOf(object.spec)
    owners.set(owner.uid, typeof replicas === 'number' ? replicas : 1)
  }
  return [...owners.values()].reduce((sum, replicas) => sum + replicas, 0)
}

/** A number, or so many percent of a whole, rounded up. */
function share(value: unknown, whole: number): number {
  if (typeof value === 'number') return value
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined
  return Math.ceil((Number(percent ?? 0) / 100) * whole)
}

function isHealthy({ metadata, status }: KubernetesObject): boolean {
  const { conditions } = recordOf(status)
  const isReady = (condition: unknown) => {
    const { type, status: state } = recordOf(condition)
    return type === 'Ready' && state === 'True'
  }
  return metadata.deletionTimestamp === undefined && Array.isArray(conditions) && conditions.some(isReady)
}
