import { Node } from '../../../../core/kubernetes/node.ts'
import { PersistentVolumeClaim } from '../../../../core/kubernetes/persistent-volume-claim.ts'
import { PersistentVolume } from '../../../../core/kubernetes/persistent-volume.ts'
import { Pod } from '../../../../core/kubernetes/pod.ts'
import { StorageClass } from '../../../../core/kubernetes/storage-class.ts'
import { bindableVolumes } from '../../../../core/placement/bindable-volumes.ts'
import { indexCluster, type PlacementIndex } from '../../../../core/placement/index-cluster.ts'
import { placePod } from '../../../../core/placement/place-pod.ts'
import { fullName, isEnded, type ClaimObject, type PodObject } from '../objects.ts'
import { toSeconds } from '../kubernetes-time.ts'
import { splitKey, workQueue, type ControlPlane } from './controller.ts'
import { nowhereText } from './scheduler-words.ts'

const SOURCE = { component: 'default-scheduler' }
/** A pod that fits nowhere is tried again when something changes, and from time to time. */
const RETRY_MS = 60_000
const CHANGE_MS = 1000

/** Finds nodes for pods by the rules of `core/placement`, and volumes for their claims. */
export function runScheduler(plane: ControlPlane): void {
  const { objects, events, agenda, version } = plane
  const waiting = new Set<string>()
  const look = workQueue(agenda, (key) => {
    const [namespace, name] = splitKey(key)
    const pod = objects.get('pods', namespace, name)
    if (
      !pod ||
      pod.spec.nodeName !== undefined ||
      isEnded(pod) ||
      pod.metadata.deletionTimestamp !== undefined
    ) {
      waiting.delete(key)
      return
    }
    schedule(pod, key)
  })
  objects.onChange(({ resource, object, type }) => {
    if (resource === 'pods' && type === 'ADDED' && isOurs(object as PodObject)) look(fullName(object))
    const isNews =
      ['nodes', 'persistentvolumes', 'persistentvolumeclaims'].includes(resource) || type === 'DELETED'
    if (isNews && resource !== 'events') for (const key of waiting) look(key, CHANGE_MS)
  })

  function schedule(pod: PodObject, key: string): void {
    const index = clusterIndex()
    const parsed = Pod.parse(pod)
    const placements = placePod(parsed, index)
    const fitting = placements.filter(({ verdict }) => verdict !== 'refused')
    const load = new Map(index.nodes.map(({ name, pods }) => [name, pods.length]))
    const [best] = fitting.toSorted((a, b) => (load.get(a.node) ?? 0) - (load.get(b.node) ?? 0))
    if (!best) {
      const message = nowhereText(placements, version)
      events.record(pod, 'Warning', 'FailedScheduling', message, SOURCE)
      unschedulable(pod, message)
      waiting.add(key)
      return look(key, RETRY_MS)
    }
    waiting.delete(key)
    bindClaims(parsed, best.node, index)
    const { conditions: _, ...status } = pod.status
    objects.update('pods', { ...pod, spec: { ...pod.spec, nodeName: best.node }, status })
    events.record(
      pod,
      'Normal',
      'Scheduled',
      `Successfully assigned ${fullName(pod)} to ${best.node}`,
      SOURCE,
    )
  }

  function clusterIndex(): PlacementIndex {
    return indexCluster({
      nodes: objects.list('nodes').map((node) => Node.parse(node)),
      pods: objects.list('pods').map((pod) => Pod.parse(pod)),
      claims: objects.list('persistentvolumeclaims').map((claim) => PersistentVolumeClaim.parse(claim)),
      volumes: objects.list('persistentvolumes').map((volume) => PersistentVolume.parse(volume)),
      storageClasses: objects.list('storageclasses').map((one) => StorageClass.parse(one)),
    })
  }

  function unschedulable(pod: PodObject, message: string): void {
    const known = pod.status.conditions?.find(({ type }) => type === 'PodScheduled')
    if (known?.message === message) return
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message,
      lastTransitionTime: known?.lastTransitionTime ?? toSeconds(agenda.now()),
    }
    objects.update('pods', { ...pod, status: { ...pod.status, conditions: [condition] } })
  }

  function bindClaims(pod: Pod, nodeName: string, { nodes, volumes }: PlacementIndex): void {
    const node = nodes.find(({ name }) => name === nodeName)
    for (const { persistentVolumeClaim } of pod.spec.volumes) {
      const { namespace = 'default' } = pod.metadata
      const claim = objects.get('persistentvolumeclaims', namespace, persistentVolumeClaim?.claimName ?? '')
      if (!claim || claim.spec.volumeName !== undefined || !node || !volumes) continue
      const parsed = PersistentVolumeClaim.parse(claim)
      const [free] = bindableVolumes(parsed, claim.spec.storageClassName ?? '', volumes.values())(node)
      if (free) bind(claim, free.metadata.name)
    }
  }

  function bind(claim: ClaimObject, volumeName: string): void {
    const volume = objects.get('persistentvolumes', undefined, volumeName)
    if (!volume) return
    const { name, namespace = 'default', uid = '' } = claim.metadata
    const claimRef = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid }
    objects.update('persistentvolumes', {
      ...volume,
      spec: { ...volume.spec, claimRef },
      status: { phase: 'Bound' },
    })
    const annotations = { ...claim.metadata.annotations, 'pv.kubernetes.io/bind-completed': 'yes' }
    objects.update('persistentvolumeclaims', {
      ...claim,
      metadata: { ...claim.metadata, annotations },
      spec: { ...claim.spec, volumeName },
      status: { phase: 'Bound', accessModes: volume.spec.accessModes, capacity: volume.spec.capacity },
    })
  }
}

/** Whether a pod waits for this scheduler, and for no other. */
function isOurs({ spec: { nodeName, schedulerName = 'default-scheduler' } }: PodObject): boolean {
  return nodeName === undefined && schedulerName === 'default-scheduler'
}
