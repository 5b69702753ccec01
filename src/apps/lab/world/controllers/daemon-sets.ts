import { controllerOf, isEnded, type NodeObject, type PodObject, type WorkloadObject } from '../objects.ts'
import { splitKey, workQueue, type ControlPlane } from './controller.ts'
import { podsOf } from './owned-pods.ts'
import { workloadPod } from './workload-pod.ts'

const SOURCE = { component: 'daemonset-controller' }
/** A pod that fails again and again is replaced ever more slowly. */
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 900_000
/** What every daemon's pod tolerates: that is why it is placed on a node under pressure, and refused there. */
const TOLERATED = [
  'not-ready',
  'unreachable',
  'disk-pressure',
  'memory-pressure',
  'pid-pressure',
  'unschedulable',
]

/** Keeps one pod of a DaemonSet on every node. */
export function runDaemonSets(plane: ControlPlane): void {
  const { objects, agenda } = plane
  const waits = new Map<string, number>()
  const look = workQueue(agenda, (key) => {
    const [namespace, name] = splitKey(key)
    const set = objects.get<WorkloadObject>('daemonsets', namespace, name)
    if (set) sync(set, key)
  })
  objects.onChange(({ resource, object, type }) => {
    const namespace = object.metadata.namespace ?? 'default'
    if (resource === 'daemonsets' && type === 'ADDED') look(`${namespace}/${object.metadata.name}`)
    if (resource === 'nodes' && type === 'ADDED') {
      for (const set of objects.list<WorkloadObject>('daemonsets')) {
        look(`${set.metadata.namespace ?? 'default'}/${set.metadata.name}`)
      }
    }
    const owner = resource === 'pods' ? controllerOf(object) : undefined
    if (owner?.kind === 'DaemonSet' && (type === 'DELETED' || isEnded(object as PodObject))) {
      look(`${namespace}/${owner.name}`)
    }
  })

  function sync(set: WorkloadObject, key: string): void {
    const pods = podsOf(objects, set)
    const covered = new Set<string>()
    for (const pod of pods) {
      const node = pod.spec.nodeName ?? ''
      if (!isEnded(pod)) covered.add(node)
      else if (isDue(`${key} ${node}`, node)) removeFailed(set, pod, node)
      else covered.add(node)
    }
    for (const { metadata } of objects.list<NodeObject>('nodes')) {
      if (!covered.has(metadata.name)) makePod(set, metadata.name)
    }

    function isDue(waitKey: string, node: string): boolean {
      const until = waits.get(`${waitKey} until`) ?? 0
      if (agenda.now() >= until) {
        const wait = Math.min((waits.get(waitKey) ?? FIRST_WAIT_MS / 2) * 2, LONGEST_WAIT_MS)
        waits.set(waitKey, wait)
        waits.set(`${waitKey} until`, agenda.now() + wait)
        return true
      }
      look(key, until - agenda.now() + (node === '' ? 1 : 0))
      return false
    }
  }

  function removeFailed(set: WorkloadObject, pod: PodObject, node: string): void {
    const full = `${pod.metadata.namespace ?? 'default'}/${pod.metadata.name}`
    plane.events.record(
      set,
      'Warning',
      'FailedDaemonPod',
      `Found failed daemon pod ${full} on node ${node}, will try to kill it`,
      SOURCE,
    )
    objects.remove('pods', pod.metadata.namespace, pod.metadata.name)
  }

  function makePod(set: WorkloadObject, nodeName: string): void {
    const name = `${set.metadata.name}-${plane.chance.suffix()}`
    const tolerations = [
      ...(set.spec.template.spec.tolerations ?? []),
      ...TOLERATED.map((key) => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists' })),
    ]
    objects.create('pods', workloadPod(set, name, plane.chance, { nodeName, tolerations }))
    plane.events.record(set, 'Normal', 'SuccessfulCreate', `Created pod: ${name}`, SOURCE)
  }
}
