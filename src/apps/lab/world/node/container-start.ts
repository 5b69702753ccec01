import { ensureImage } from '../../../../core/kubelet/image-pull/ensure-image.ts'
import { backOffKey, isBackingOff, type PullBackOff } from '../../../../core/kubelet/image-pull/back-off.ts'
import { defaultPullPolicy } from '../../../../core/kubelet/image-pull/image-reference.ts'
import { backOffMessage } from '../../../../core/kubelet/image-pull/pull-decision.ts'
import type { ContainerSpec } from '../objects.ts'
import type { Image } from './image-store.ts'
import type { PodOnNode, Registry } from './node-state.ts'
import type { Waiting } from './pod-status.ts'
import type { WorkerParts } from './worker-parts.ts'

/** Starts containers, for which their images have to be there or to be pulled. */
export interface ContainerStarter {
  /** Whether its image is to be pulled now, which takes a while. */
  isPulled(pod: PodOnNode, container: ContainerSpec): boolean
  /** What a failed start is called; undefined for one that worked. */
  start(pod: PodOnNode, container: ContainerSpec): string | undefined
}

/** What the starter tells the worker of a pod. */
interface StartEffects {
  waiting(pod: PodOnNode): Map<string, Waiting>
  started(pod: PodOnNode, container: ContainerSpec, image: Image): void
}

/** The starter of one kubelet: how long a pull that failed is not tried again counts for all its pods. */
export function createContainerStarter(
  { node, registry, agenda, log, words, change, podEvent }: WorkerParts,
  { waiting, started }: StartEffects,
): ContainerStarter {
  let backOff: PullBackOff = new Map()

  function start(pod: PodOnNode, container: ContainerSpec): string | undefined {
    const { image: reference, name } = container
    const now = agenda.now()
    const offered = registry.failure === undefined ? findIn(registry, reference) : undefined
    const ensured = ensureImage(
      backOff,
      pod.uid,
      {
        image: reference,
        policy: container.imagePullPolicy ?? defaultPullPolicy(reference),
        lookup: node.images.find(reference) ? 'present' : 'absent',
        pull: offered ? 'succeeds' : 'fails',
      },
      now,
      node.version,
    )
    backOff = ensured.entries
    const { outcome } = ensured
    if (!outcome.runs) return imageMissing(pod, container, outcome.reason, outcome.isTried)
    const seconds = (registry.milliseconds / 1000).toFixed(6)
    podEvent(
      pod,
      'Normal',
      'Pulled',
      outcome.isPulled
        ? `Successfully pulled image "${reference}" in ${seconds}s`
        : `Container image "${reference}" already present on machine`,
      { container: name },
    )
    change(() => {
      if (outcome.isPulled && offered) node.images.add(offered, now)
      const image = node.images.find(reference)
      if (image) started(pod, container, image)
    })
    waiting(pod).delete(name)
    podEvent(pod, 'Normal', 'Created', `Created container ${name}`, { container: name })
    podEvent(pod, 'Normal', 'Started', `Started container ${name}`, { container: name })
    return undefined
  }

  function imageMissing(
    pod: PodOnNode,
    { name, image }: ContainerSpec,
    reason: string,
    isTried: boolean,
  ): string {
    const now = agenda.now()
    const error = pullError(registry, image)
    const rpc = `rpc error: code = Unknown desc = ${error}`
    const message = isTried ? rpc : backOffMessage(image, rpc, node.version)
    waiting(pod).set(name, { reason, message })
    const tell = (type: 'Normal' | 'Warning', about: string, text: string) =>
      podEvent(pod, type, about, text, { container: name })
    if (isTried) {
      for (const line of words.pullFailed(image, rpc)) log.write(now, line)
      tell('Warning', 'Failed', `Failed to pull image "${image}": ${rpc}`)
    } else if (reason === 'ErrImageNeverPull') {
      tell('Warning', reason, `Container image "${image}" is not present with pull policy of Never`)
    } else {
      tell('Normal', 'BackOff', message)
    }
    tell('Warning', 'Failed', `Error: ${reason}`)
    return startError(name, reason, message)
  }

  return {
    start,
    isPulled(pod, container) {
      const policy = container.imagePullPolicy ?? defaultPullPolicy(container.image)
      const isPresent = node.images.find(container.image) !== undefined
      const isHeldBack = isBackingOff(backOff, backOffKey(pod.uid, container.image), agenda.now())
      return policy !== 'Never' && (!isPresent || policy === 'Always') && !isHeldBack
    },
  }
}

/** How a sync names a container that did not start. */
export function startError(container: string, reason: string, message: string): string {
  return `failed to "StartContainer" for "${container}" with ${reason}: ${JSON.stringify(message)}`
}

/** The image that a registry has under a name. */
export function findIn({ images }: Registry, reference: string) {
  return images.find(({ names }) => names.includes(reference))
}

/** Why an image cannot be pulled, in the words of the runtime. */
export function pullError({ failure }: Registry, image: string): string {
  const unresolved = `failed to pull and unpack image "${image}": failed to resolve reference "${image}"`
  if (failure === undefined) return `${unresolved}: ${image}: not found`
  return failure.replaceAll('{image}', image).replaceAll('{host}', image.split('/')[0] ?? '')
}
