import { exceededText } from './limit-words.ts'
import { evictionThresholdQuantity } from '../../../../core/kubelet/eviction-threshold.ts'
import {
  disruptionCondition,
  EVICTED,
  evictionAnnotations,
  offendingContainers,
  pressureText,
  REFUSAL,
  refusalHead,
  type ContainerUse,
} from '../../../../core/kubelet/eviction/eviction-status.ts'
import { parseQuantity } from '../../../../core/units/quantity.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import type { Agenda } from '../agenda.ts'
import type { LabObjects } from '../lab-objects.ts'
import { toSeconds } from '../kubernetes-time.ts'
import { isEnded, type PodCondition, type PodStatus } from '../objects.ts'
import type { ContainerLife } from './container-life.ts'
import { bytesAt } from './disk.ts'
import type { KubeletLog } from './kubelet-log.ts'
import type { EvictionCause } from './loop-effects.ts'
import type { KubeletWords } from './kubelet-words.ts'
import type { NodeState, PodOnNode } from './node-state.ts'
import { CLEANED_UP_MS, TRIM_MS } from './node-world.ts'
import type { PodWorkers } from './pod-worker.ts'
import type { WorkerParts } from './worker-parts.ts'
import type { VolumeMounts } from './volume-mounts.ts'
import { annotatedNumber, KILL_SECONDS } from './writing.ts'

/** Ends pods: evicted, refused, deleted. */
export interface PodEnding {
  evict(pod: PodOnNode, because: EvictionCause): void
  refuse(pod: PodOnNode): void
  /** The API wants it gone, or has it no more. */
  deleted(pod: PodOnNode): void
}

/** What it works with. */
export interface EndingParts {
  node: NodeState
  agenda: Agenda
  objects: LabObjects
  log: KubeletLog
  words: KubeletWords
  life: ContainerLife
  volumes: VolumeMounts
  workers: PodWorkers
  change(what: () => void): void
  podEvent: WorkerParts['podEvent']
  reportStatus(pod: PodOnNode, status: PodStatus): void
}

/** A container ends within so long of its signal, and the kubelet says so a moment later. */
const KILL_MS = 130
const SAID_MS = 180
const UNMOUNT_MS = 2100
const FORGET_MS = 500

/** Ends the pods of one node. */
export function createPodEnding(parts: EndingParts): PodEnding {
  const { node, agenda, objects, log, words, life, change, podEvent } = parts

  function kill(pod: PodOnNode, graceMs: number, then: () => void): number {
    const now = agenda.now()
    parts.workers.abandon(pod)
    const running = pod.containers.filter(({ isRunning }) => isRunning)
    const prefix = node.isDocker ? 'docker' : 'containerd'
    for (const { name, id } of running) {
      log.write(now, words.killing(pod, name, `${prefix}://${id}`, Math.round(graceMs / 1000)))
      podEvent(pod, 'Normal', 'Killing', `Stopping container ${name}`, { container: name })
    }
    const takesMs = 1000 * (annotatedNumber(pod.object, KILL_SECONDS) ?? 0) + KILL_MS
    agenda.after(takesMs, () => {
      change(() => running.forEach((container) => life.end(container, 137)))
      then()
    })
    return takesMs
  }

  /** After the kill: the kubelet removes what is left while the API has the pod; else it is left to the next collection. */
  function cleanUpEvicted(pod: PodOnNode): void {
    agenda.after(TRIM_MS, () => {
      if (pod.isInApi) change(() => life.trim(pod, pod.containers[0]?.name ?? '', true))
    })
    agenda.after(pod.isInApi ? CLEANED_UP_MS : UNMOUNT_MS, () => {
      change(() => parts.volumes.unmount(pod))
      forgetWhenGone(pod)
    })
  }

  function finishDeletion(pod: PodOnNode): void {
    agenda.after(FORGET_MS, () => {
      change(() => {
        life.trim(pod, pod.containers[0]?.name ?? '', true)
        parts.volumes.unmount(pod)
      })
      pod.state = 'ended'
      if (pod.isInApi) objects.remove('pods', pod.namespace, pod.name, 'now')
      forgetWhenGone(pod)
    })
  }

  function forgetWhenGone(pod: PodOnNode): void {
    if (!pod.isInApi && pod.containers.length === 0) node.pods.delete(pod.uid)
  }

  return {
    evict(pod, because) {
      const now = agenda.now()
      const { message, annotations, conditions } =
        because.kind === 'limit'
          ? { message: exceededText(because.exceeded, pod.object) }
          : saidOfPressure(node, pod, because, now)
      pod.evictedAt = now
      pod.state = 'ending'
      podEvent(pod, 'Warning', 'Evicted', message, { annotations })
      const takesMs = kill(pod, because.graceMs, () => cleanUpEvicted(pod))
      const { startTime } = pod.object.status
      parts.reportStatus(pod, {
        ...EVICTED,
        message,
        ...(conditions && { conditions: [...(pod.object.status.conditions ?? []), ...conditions] }),
        ...(startTime !== undefined && { startTime }),
      })
      const isLate = takesMs > because.waitsAtMost
      agenda.after(isLate ? because.waitsAtMost : takesMs + SAID_MS - KILL_MS, () => {
        if (isLate)
          podEvent(
            pod,
            'Warning',
            'ExceededGracePeriod',
            'Container runtime did not kill the pod within specified grace period.',
          )
        log.write(agenda.now(), isLate ? words.failedToEvict(pod) : words.evicted(pod))
        log.write(agenda.now(), words.waitingForCleanUp([pod]))
      })
    },
    refuse(pod) {
      pod.state = 'rejected'
      podEvent(pod, 'Warning', 'Evicted', REFUSAL)
      parts.reportStatus(pod, {
        ...EVICTED,
        message: `${refusalHead(node.version)}${REFUSAL}`,
      })
    },
    deleted(pod) {
      if (pod.state === 'rejected' || pod.state === 'arriving') {
        if (pod.isInApi) objects.remove('pods', pod.namespace, pod.name, 'now')
        parts.workers.abandon(pod)
        node.pods.delete(pod.uid)
        return
      }
      if (pod.state === 'ending') return
      const isOver = isEnded(pod.object) || pod.state === 'ended'
      pod.state = 'ending'
      const grace = (pod.object.metadata.deletionGracePeriodSeconds ?? 30) * 1000
      if (isOver) finishDeletion(pod)
      else kill(pod, grace, () => finishDeletion(pod))
    },
  }
}

/** What the pod's status and the event say (semantics §3.11). */
function saidOfPressure(
  node: NodeState,
  { containers, object }: PodOnNode,
  { threshold, available, capacity }: Extract<EvictionCause, { kind: 'pressure' }>,
  at: Instant,
): { message: string; annotations: Readonly<Record<string, string>>; conditions: PodCondition[] } {
  const isSingle = node.imageDisk === node.disk
  const uses = object.spec.containers.flatMap(({ name, resources }): ContainerUse[] => {
    const running = containers.find((one) => one.name === name && one.isRunning)
    if (!running) return []
    const request = resources?.requests?.['ephemeral-storage'] ?? '0'
    const usedBytes = bytesAt(running.log, at) + bytesAt(running.layer, at)
    return [
      {
        name,
        usedBytes: isSingle ? usedBytes : bytesAt(running.log, at),
        request,
        requestBytes: parseQuantity(request) ?? 0,
      },
    ]
  })
  const offending = offendingContainers(threshold, uses, node.version)
  const quantity = evictionThresholdQuantity(threshold.quantity, capacity) ?? 0
  const message = pressureText(threshold, { available, quantity }, offending, node.version)
  const disruption = disruptionCondition(message, node.version)
  return {
    message,
    annotations: evictionAnnotations(threshold, offending),
    conditions: disruption ? [{ ...disruption, lastProbeTime: null, lastTransitionTime: toSeconds(at) }] : [],
  }
}
