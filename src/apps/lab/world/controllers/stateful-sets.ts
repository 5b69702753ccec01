import {
  blockedBy,
  deletionOrder,
  nextOrdinals,
  ordinalsOf,
  parseStatefulPodName,
  statefulClaimName,
  statefulPodName,
} from '../../../../core/claims/stateful-set.ts'
import { isAtLeast } from '../../../../core/kubelet/kubelet-version.ts'
import { controllerOf, isEnded, type ClaimObject, type PodObject, type WorkloadObject } from '../objects.ts'
import { splitKey, workQueue, type ControlPlane } from './controller.ts'
import { podsOf } from './owned-pods.ts'
import { workloadPod } from './workload-pod.ts'

const SOURCE = { component: 'statefulset-controller' }
const RETRY_MS = 5000

/** Keeps the pods and claims of StatefulSets (semantics §6.4): stable names, claims made once and used again. */
export function runStatefulSets(plane: ControlPlane): void {
  const { objects, agenda } = plane
  const look = workQueue(agenda, (key) => {
    const [namespace, name] = splitKey(key)
    const set = objects.get<WorkloadObject>('statefulsets', namespace, name)
    if (set && sync(plane, set) === 'again') look(key, RETRY_MS)
  })
  objects.onChange(({ resource, object }) => {
    const namespace = object.metadata.namespace ?? 'default'
    if (resource === 'statefulsets') look(`${namespace}/${object.metadata.name}`)
    const owner = resource === 'pods' ? controllerOf(object) : undefined
    if (owner?.kind === 'StatefulSet') look(`${namespace}/${owner.name}`)
  })
}

function sync(plane: ControlPlane, set: WorkloadObject): 'again' | 'done' {
  const { objects, version } = plane
  const { namespace = 'default' } = set.metadata
  const pods = new Map<number, PodObject>()
  for (const pod of podsOf(objects, set)) {
    const parsed = parseStatefulPodName(pod.metadata.name)
    if (parsed) pods.set(parsed.ordinal, pod)
  }
  const wanted = ordinalsOf({ replicas: set.spec.replicas ?? 1 }, version)
  const management = set.spec.podManagementPolicy ?? 'OrderedReady'
  reportReplicas(plane, set, [...pods.values()])
  for (const [ordinal, pod] of pods) {
    if (wanted.includes(ordinal) && isEnded(pod) && pod.metadata.deletionTimestamp === undefined) {
      return replaceFailed(plane, set, pod)
    }
  }
  const state = new Map([...pods].map(([ordinal, pod]) => [ordinal, { isReady: isReady(pod) }]))
  let outcome: 'again' | 'done' = 'done'
  for (const ordinal of nextOrdinals(wanted, state, management)) {
    if (makePod(plane, set, ordinal) === 'again') outcome = 'again'
  }
  const surplus = [...pods.keys()].filter((ordinal) => !wanted.includes(ordinal))
  for (const ordinal of deletionOrder(surplus, management)[0] ?? []) {
    objects.remove('pods', namespace, statefulPodName(set.metadata.name, ordinal))
  }
  return outcome
}

/** An evicted pod's name is needed again: the object is deleted, and the pod made anew. */
function replaceFailed(
  { objects, events, version }: ControlPlane,
  set: WorkloadObject,
  pod: PodObject,
): 'done' {
  const { namespace = 'default', name } = set.metadata
  if (!isAtLeast(version, 36)) {
    events.record(
      set,
      'Warning',
      'RecreatingFailedPod',
      `StatefulSet ${namespace}/${name} is recreating failed Pod ${pod.metadata.name}`,
      SOURCE,
    )
  }
  events.record(
    set,
    'Normal',
    'SuccessfulDelete',
    `delete Pod ${pod.metadata.name} in StatefulSet ${name} successful`,
    SOURCE,
  )
  objects.remove('pods', namespace, pod.metadata.name)
  return 'done'
}

function makePod(plane: ControlPlane, set: WorkloadObject, ordinal: number): 'again' | 'done' {
  const { objects, events, chance } = plane
  const { namespace = 'default', name } = set.metadata
  const podName = statefulPodName(name, ordinal)
  const templates = set.spec.volumeClaimTemplates ?? []
  const claims = templates.map(({ metadata, spec }) => {
    const claimName = statefulClaimName(metadata.name, name, ordinal)
    const known = objects.get<ClaimObject>('persistentvolumeclaims', namespace, claimName)
    return {
      template: metadata.name,
      name: claimName,
      spec,
      isDeletionRequested: known?.metadata.deletionTimestamp !== undefined,
      isThere: known !== undefined,
    }
  })
  const blocked = blockedBy(claims)
  if (blocked !== undefined) {
    events.record(
      set,
      'Warning',
      'FailedCreate',
      `create Pod ${podName} in StatefulSet ${name} failed error: ${blocked}`,
      SOURCE,
    )
    return 'again'
  }
  for (const claim of claims) {
    if (claim.isThere) continue
    objects.create('persistentvolumeclaims', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: claim.name,
        namespace,
        ...(set.spec.selector && { labels: set.spec.selector.matchLabels }),
      },
      spec: claim.spec,
      status: { phase: 'Pending' },
    })
    events.record(
      set,
      'Normal',
      'SuccessfulCreate',
      `create Claim ${claim.name} Pod ${podName} in StatefulSet ${name} success`,
      SOURCE,
    )
  }
  const volumes = claims.map((claim) => ({
    name: claim.template,
    persistentVolumeClaim: { claimName: claim.name },
  }))
  const own = set.spec.template.spec.volumes ?? []
  const labels = { 'statefulset.kubernetes.io/pod-name': podName }
  objects.create(
    'pods',
    workloadPod(set, podName, chance, { hostname: podName, volumes: [...volumes, ...own] }, labels),
  )
  events.record(
    set,
    'Normal',
    'SuccessfulCreate',
    `create Pod ${podName} in StatefulSet ${name} successful`,
    SOURCE,
  )
  return 'done'
}

function reportReplicas({ objects }: ControlPlane, set: WorkloadObject, pods: readonly PodObject[]): void {
  const status = {
    replicas: pods.length,
    readyReplicas: pods.filter(isReady).length,
    currentReplicas: pods.length,
  }
  if (JSON.stringify(status) !== JSON.stringify(set.status))
    objects.update('statefulsets', { ...set, status })
}

function isReady({ status, metadata }: PodObject): boolean {
  const ready = status.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True')
  return status.phase === 'Running' && ready === true && metadata.deletionTimestamp === undefined
}
