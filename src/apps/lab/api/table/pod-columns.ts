import type { KubernetesObject } from '../../store/kubernetes-object.ts'
import { AGE, ageOf, NAME, numberAt, recordsAt, shown, textAt, wide, type Column } from './columns.ts'

/** The columns of `kubectl get pods`. */
export const POD_COLUMNS: readonly Column[] = [
  NAME,
  shown('Ready', (pod) => {
    const ready = statuses(pod).filter((one) => one['ready'] === true && 'running' in stateOf(one))
    return `${ready.length}/${recordsAt(pod, 'spec.containers').length}`
  }),
  shown('Status', podStatus),
  { ...shown('Restarts', restartCount, 'integer'), below: 22 },
  { ...shown('Restarts', restarts), since: 22 },
  AGE,
  wide('IP', (pod) => textAt(pod, 'status.podIP', '<none>')),
  wide('Node', (pod) => textAt(pod, 'spec.nodeName', '<none>')),
  wide('Nominated Node', (pod) => textAt(pod, 'status.nominatedNodeName', '<none>')),
  wide('Readiness Gates', () => '<none>'),
]

const statuses = (pod: KubernetesObject) => recordsAt(pod, 'status.containerStatuses')
const stateOf = (status: unknown) =>
  (status as { state?: Record<string, Record<string, unknown> | undefined> }).state ?? {}

function restartCount(pod: KubernetesObject): number {
  return statuses(pod).reduce((sum, one) => sum + numberAt(one, 'restartCount'), 0)
}

function restarts(pod: KubernetesObject, now: number): string {
  const count = restartCount(pod)
  const ended = statuses(pod).map((one) => textAt(one, 'lastState.terminated.finishedAt'))
  const last = ended.toSorted().at(-1)
  return count > 0 && last ? `${count} (${ageOf(last, now)} ago)` : String(count)
}

/** The word for what becomes of a pod, as the API server's printers find it. */
function podStatus(pod: KubernetesObject): string {
  const starting = initialization(pod)
  const word = starting ?? containersWord(pod)
  if (pod.metadata.deletionTimestamp === undefined) return word
  return textAt(pod, 'status.reason') === 'NodeLost' ? 'Unknown' : 'Terminating'
}

function initialization(pod: KubernetesObject): string | undefined {
  const initial = recordsAt(pod, 'status.initContainerStatuses')
  const open = initial.findIndex((one) => stateOf(one)['terminated']?.['exitCode'] !== 0)
  if (open === -1) return undefined
  const { terminated, waiting } = stateOf(initial[open])
  if (terminated) return `Init:${endWord(terminated)}`
  const reason = textAt(waiting, 'reason')
  if (reason !== '' && reason !== 'PodInitializing') return `Init:${reason}`
  return `Init:${open}/${recordsAt(pod, 'spec.initContainers').length}`
}

function containersWord(pod: KubernetesObject): string {
  let word = textAt(pod, 'status.reason') || textAt(pod, 'status.phase')
  let hasRunning = false
  for (const status of statuses(pod).toReversed()) {
    const { waiting, terminated, running } = stateOf(status)
    const reason = textAt(waiting, 'reason')
    if (reason !== '') word = reason
    else if (terminated) word = endWord(terminated)
    else if (running && status['ready'] === true) hasRunning = true
  }
  return word === 'Completed' && hasRunning ? 'Running' : word
}

function endWord(terminated: Record<string, unknown>): string {
  const signal = numberAt(terminated, 'signal')
  const otherwise = signal === 0 ? `ExitCode:${numberAt(terminated, 'exitCode')}` : `Signal:${signal}`
  return textAt(terminated, 'reason', otherwise)
}
