import { isAtLeast } from '../../../../core/kubelet/kubelet-version.ts'
import { toSeconds } from '../kubernetes-time.ts'
import type { ContainerState, ContainerStatus, PodCondition, PodObject, PodStatus } from '../objects.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import type { NodeState, PodOnNode } from './node-state.ts'

/** Why a container waits. */
export interface Waiting {
  reason: string
  message?: string | undefined
}

/** A pod's status as its kubelet reports it. */
export function podStatus(
  node: NodeState,
  pod: PodOnNode,
  waiting: ReadonlyMap<string, Waiting>,
  at: Instant,
): PodStatus {
  const containerStatuses = pod.object.spec.containers.map((container) =>
    containerStatus(node, pod, container, waiting.get(container.name)),
  )
  const isReady = containerStatuses.every(({ ready }) => ready)
  const before = pod.object.status
  const hasStarted = containerStatuses.some(({ state }) => state.running ?? state.terminated)
  return {
    phase: hasStarted || before.phase === 'Running' ? 'Running' : 'Pending',
    conditions: [
      condition(before, 'Initialized', true, at),
      condition(before, 'Ready', isReady, at),
      condition(before, 'ContainersReady', isReady, at),
      condition(before, 'PodScheduled', true, at),
    ],
    hostIP: node.addresses.host,
    ...(hasStarted && addressOf(node, pod)),
    startTime: before.startTime ?? toSeconds(at),
    containerStatuses,
    qosClass: qosClass(pod.object),
  }
}

/** In the network of its node, or an address of its own; a list of them since 1.16. */
function addressOf(node: NodeState, { object }: PodOnNode): Pick<PodStatus, 'podIP' | 'podIPs'> {
  const { podIP, podIPs } = object.status
  if (podIP !== undefined) return { podIP, ...(podIPs && { podIPs }) }
  const ip = object.spec['hostNetwork'] === true ? node.addresses.host : node.addresses.nextPod()
  return { podIP: ip, ...(isAtLeast(node.version, 16) && { podIPs: [{ ip }] }) }
}

function containerStatus(
  { isDocker }: NodeState,
  { containers, restarts }: PodOnNode,
  { name, image }: PodObject['spec']['containers'][number],
  waiting: Waiting | undefined,
): ContainerStatus {
  const own = containers.filter((one) => one.name === name)
  const running = own.find(({ isRunning }) => isRunning)
  const last = own.findLast(({ isRunning }) => !isRunning)
  const shown = running ?? last
  const prefix = isDocker ? 'docker' : 'containerd'
  return {
    name,
    image,
    imageID: shown ? (isDocker ? `docker://${shown.imageId}` : shown.imageId) : '',
    ready: running !== undefined,
    started: running !== undefined,
    restartCount: restarts.get(name) ?? 0,
    state: running
      ? { running: { startedAt: toSeconds(running.startedAt) } }
      : waiting
        ? {
            waiting: {
              reason: waiting.reason,
              ...(waiting.message !== undefined && { message: waiting.message }),
            },
          }
        : last
          ? ended(last)
          : { waiting: { reason: 'ContainerCreating' } },
    lastState: last && (running ?? waiting) ? ended(last) : {},
    ...(shown && { containerID: `${prefix}://${shown.id}` }),
  }
}

function ended({ exitCode, startedAt, finishedAt }: PodOnNode['containers'][number]): ContainerState {
  return {
    terminated: {
      exitCode,
      reason: exitCode === 0 ? 'Completed' : 'Error',
      startedAt: toSeconds(startedAt),
      finishedAt: toSeconds(finishedAt),
    },
  }
}

function condition(before: PodStatus, type: string, holds: boolean, at: Instant): PodCondition {
  const status = holds ? 'True' : 'False'
  const known = before.conditions?.find((one) => one.type === type)
  return known?.status === status ? known : { type, status, lastTransitionTime: toSeconds(at) }
}

function qosClass({ spec }: PodObject): string {
  const all = spec.containers.map(({ resources }) => resources ?? {})
  if (all.every(({ requests, limits }) => !requests && !limits)) return 'BestEffort'
  const isGuaranteed = all.every(
    ({ requests = {}, limits = {} }) =>
      limits['cpu'] !== undefined &&
      limits['memory'] !== undefined &&
      (requests['cpu'] ?? limits['cpu']) === limits['cpu'] &&
      (requests['memory'] ?? limits['memory']) === limits['memory'],
  )
  return isGuaranteed ? 'Guaranteed' : 'Burstable'
}
