import { controllerOf, isEnded, type PodObject, type WorkloadObject } from '../objects.ts'
import { splitKey, workQueue, type ControlPlane } from './controller.ts'
import { podsOf } from './owned-pods.ts'
import { workloadPod } from './workload-pod.ts'

const SOURCE = { component: 'replicaset-controller' }
/** A lost pod is replaced within this: a pod that is refused at once would be replaced without end. */
const REPLACE_MS = 400

/** Keeps as many pods as a ReplicaSet wants; ended ones, such as evicted ones, count as gone and stay as they are. */
export function runReplicaSets(plane: ControlPlane): void {
  const { objects, agenda } = plane
  const look = workQueue(agenda, (key) => {
    const [namespace, name] = splitKey(key)
    const set = objects.get<WorkloadObject>('replicasets', namespace, name)
    if (set) sync(plane, set)
  })
  objects.onChange(({ resource, object, type }) => {
    const namespace = object.metadata.namespace ?? 'default'
    if (resource === 'replicasets' && type !== 'DELETED') look(`${namespace}/${object.metadata.name}`)
    const owner = resource === 'pods' ? controllerOf(object) : undefined
    if (owner?.kind !== 'ReplicaSet') return
    const isLoss =
      type === 'DELETED' || isEnded(object as PodObject) || object.metadata.deletionTimestamp !== undefined
    if (isLoss) look(`${namespace}/${owner.name}`, REPLACE_MS)
  })
}

function sync({ objects, events, chance }: ControlPlane, set: WorkloadObject): void {
  const { name, namespace = 'default' } = set.metadata
  const active = podsOf(objects, set).filter(
    (pod) => !isEnded(pod) && pod.metadata.deletionTimestamp === undefined,
  )
  const wanted = set.spec.replicas ?? 1
  for (let count = active.length; count < wanted; count++) {
    const podName = `${name}-${chance.suffix()}`
    objects.create('pods', workloadPod(set, podName, chance))
    events.record(set, 'Normal', 'SuccessfulCreate', `Created pod: ${podName}`, SOURCE)
  }
  for (const pod of active.slice(wanted)) {
    objects.remove('pods', namespace, pod.metadata.name)
    events.record(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`, SOURCE)
  }
}
