import type { Instant } from '../../../../core/units/instant.ts'
import type { ContainerSpec } from '../objects.ts'
import type { ContainerLife } from './container-life.ts'
import { createContainerStarter, findIn, pullError, startError } from './container-start.ts'
import type { PodOnNode } from './node-state.ts'
import { podStatus, type Waiting } from './pod-status.ts'
import type { WorkerParts } from './worker-parts.ts'
import { annotatedNumber, EXITS_AFTER_SECONDS } from './writing.ts'

/** Brings the pods of a node to life, and tries again what fails. */
export interface PodWorkers {
  /** Begins to work on a pod that was admitted. */
  begin(pod: PodOnNode): void
  /** Calls off what is still to be done for it. */
  abandon(pod: PodOnNode): void
}

/** A failed sync is tried again after ten seconds and up to half as much more (semantics §5.3). */
const RESYNC_MS = 10_000
const SANDBOX_MS = 400
const START_MS = 300
/** Between two starts of a container that exits: ten seconds, doubled, five minutes at most. */
const FIRST_CRASH_MS = 10_000
const LONGEST_CRASH_MS = 300_000

/** The pod workers of one kubelet. */
export function createPodWorkers(parts: WorkerParts): PodWorkers {
  const { node, agenda, chance, log, words, life, change, podEvent } = parts
  const waitingOf = new Map<string, Map<string, Waiting>>()
  const crashes = new Map<string, Instant>()

  const again = (pod: PodOnNode, wait: number, what = () => sync(pod)): void => {
    const stop = agenda.after(wait, () => {
      if (pod.state === 'starting' || pod.state === 'running') what()
    })
    pod.stop.push(stop)
  }
  const resync = (pod: PodOnNode) => again(pod, RESYNC_MS + chance.share() * (RESYNC_MS / 2))
  const waiting = (pod: PodOnNode) => {
    const known = waitingOf.get(pod.uid) ?? new Map<string, Waiting>()
    waitingOf.set(pod.uid, known)
    return known
  }
  const starter = createContainerStarter(parts, { waiting, started })
  const report = (pod: PodOnNode) => parts.reportStatus(pod, podStatus(node, pod, waiting(pod), agenda.now()))

  function sync(pod: PodOnNode): void {
    pod.stop.length = 0
    if (!parts.volumes.mount(pod, (wait) => again(pod, wait))) return
    if (!pod.sandbox) return startSandbox(pod)
    const missing = pod.object.spec.containers.filter(
      ({ name }) => !pod.containers.some((one) => one.name === name && one.isRunning),
    )
    startNext(pod, missing, [])
  }

  function startSandbox(pod: PodOnNode): void {
    const { sandboxImage } = node.plan
    if (node.images.find(sandboxImage)) return again(pod, SANDBOX_MS, () => sandboxStarted(pod))
    const pulled = parts.registry.failure === undefined && findIn(parts.registry, sandboxImage)
    if (pulled) {
      change(() => node.images.add(pulled, agenda.now()))
      return again(pod, parts.registry.milliseconds, () => sandboxStarted(pod))
    }
    const error = `rpc error: code = Unknown desc = failed to get sandbox image "${sandboxImage}": failed to pull image "${sandboxImage}": ${pullError(parts.registry, sandboxImage)}`
    const now = agenda.now()
    for (const line of words.sandboxFailed(pod, error)) log.write(now, line)
    const name = `${pod.name}_${pod.namespace}(${pod.uid})`
    const syncError = `CreatePodSandbox for pod "${name}" failed: ${error}`
    log.write(
      now,
      words.syncFailed(
        pod,
        `failed to "CreatePodSandbox" for "${name}" with CreatePodSandboxError: ${JSON.stringify(syncError)}`,
      ),
    )
    podEvent(pod, 'Warning', 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${error}`)
    report(pod)
    resync(pod)
  }

  function sandboxStarted(pod: PodOnNode): void {
    pod.sandbox = { id: chance.hex(64), createdAt: agenda.now() }
    sync(pod)
  }

  function startNext(
    pod: PodOnNode,
    [container, ...others]: readonly ContainerSpec[],
    errors: string[],
  ): void {
    if (!container) return finishSync(pod, errors)
    const next = (error?: string) => startNext(pod, others, error === undefined ? errors : [...errors, error])
    const until = crashes.get(`${pod.uid}/${container.name}`)
    if (until !== undefined && agenda.now() < until) {
      waiting(pod).set(container.name, {
        reason: 'CrashLoopBackOff',
        message: 'back-off restarting failed container',
      })
      podEvent(pod, 'Warning', 'BackOff', 'Back-off restarting failed container', {
        container: container.name,
      })
      return next(startError(container.name, 'CrashLoopBackOff', 'back-off restarting failed container'))
    }
    if (!starter.isPulled(pod, container)) return next(starter.start(pod, container))
    podEvent(pod, 'Normal', 'Pulling', `Pulling image "${container.image}"`, { container: container.name })
    again(pod, parts.registry.milliseconds, () => next(starter.start(pod, container)))
  }

  function started(pod: PodOnNode, spec: ContainerSpec, image: Parameters<ContainerLife['start']>[2]): void {
    const container = life.start(pod, spec, image)
    const exits = annotatedNumber(pod.object, EXITS_AFTER_SECONDS)
    if (exits !== undefined) again(pod, exits * 1000, () => exited(pod, container))
  }

  function exited(pod: PodOnNode, container: ReturnType<ContainerLife['start']>): void {
    const isFinal = pod.object.spec['restartPolicy'] === 'Never'
    const key = `${pod.uid}/${container.name}`
    const count = (pod.restarts.get(container.name) ?? 0) + 1
    change(() => {
      life.end(container, isFinal ? 0 : 1)
      if (!isFinal) life.trim(pod, container.name, false)
    })
    if (isFinal) {
      pod.state = 'ended'
      const status = podStatus(node, pod, new Map(), agenda.now())
      return parts.reportStatus(pod, { ...status, phase: 'Succeeded' })
    }
    pod.restarts.set(container.name, count)
    const wait = Math.min(FIRST_CRASH_MS * 2 ** Math.max(0, count - 2), LONGEST_CRASH_MS)
    if (count > 1) crashes.set(key, agenda.now() + wait)
    report(pod)
    sync(pod)
  }

  function finishSync(pod: PodOnNode, errors: readonly string[]): void {
    pod.state = errors.length === 0 ? 'running' : 'starting'
    report(pod)
    if (errors.length === 0) return
    log.write(
      agenda.now(),
      words.syncFailed(pod, errors.length === 1 ? (errors[0] ?? '') : `[${errors.join(', ')}]`),
    )
    resync(pod)
  }

  return {
    begin(pod) {
      pod.state = 'starting'
      report(pod)
      again(pod, START_MS)
    },
    abandon(pod) {
      for (const stop of pod.stop) stop()
      pod.stop.length = 0
      waitingOf.delete(pod.uid)
    },
  }
}
