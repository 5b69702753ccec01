import { z } from 'zod'
import { pullFailure } from '../../explain/pull-error.ts'
import type { PullReason } from '../../kubelet/image-pull/pull-decision.ts'
import type { Pod } from '../../kubernetes/pod.ts'
import type { PullFailure } from '../../messages/image-findings.ts'
import { message } from '../../messages/message.ts'
import type { ClusterView } from '../../observe/cluster-view.ts'
import { podName } from '../../observe/node-view.ts'
import { few } from '../../placement/few.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import type { Found } from '../finding.ts'
import { containersOf, registryOfImage } from '../image-names.ts'
import { objectOfPods } from '../object-of-pods.ts'

/** Containers that wait for an image (semantics §5.2): together where one registry does not answer, else image by image. */
export const imagePullFailing = defineClusterDetector({
  id: 'image-pull-failing',
  reason: 'ImagePullFailing',
  severity: 'warning',
  summary: 'Pods wait for an image that their node cannot get, and why it cannot.',
  options: z.strictObject({}),

  detect(cluster) {
    const groups = new Map<string, [Waiting, ...Waiting[]]>()
    for (const waiting of allWaiting(cluster)) {
      const { why, image } = waiting
      const key = `${why} ${why === 'network' ? registryOfImage(image) : image}`
      const group = groups.get(key)
      if (group) group.push(waiting)
      else groups.set(key, [waiting])
    }
    return [...groups.values()].map(found)
  },
})

interface Waiting {
  pod: Pod
  image: string
  reason: string
  said: string
  why: PullFailure
}

const PULL_REASONS: ReadonlySet<string> = new Set<PullReason>([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
])

function allWaiting({ objects, nodes }: ClusterView): Waiting[] {
  return (objects.pods?.value ?? []).flatMap((pod) => {
    if (pod.spec.nodeName === undefined || pod.metadata.deletionTimestamp) return []
    return containersOf(pod).flatMap(({ spec, status }): Waiting[] => {
      const { reason, message: said } = status?.state?.waiting ?? {}
      if (!reason || !PULL_REASONS.has(reason)) return []
      const image = spec.image ?? status?.image ?? ''
      const stated = (nodes.get(pod.spec.nodeName ?? '')?.facts ?? []).findLast(
        ({ id, fields }) => id.startsWith('image-pull-failed-') && fields['image'] === image,
      )
      return [{ pod, image, reason, said: said ?? '', why: whyOf(reason, said ?? '', stated?.id) }]
    })
  })
}

/** What a back-off says of its error depends on the version; then the node's events tell. */
function whyOf(reason: string, said: string, stated: string | undefined): PullFailure {
  if (reason === 'ErrImageNeverPull') return 'never'
  if (reason === 'InvalidImageName') return 'invalid'
  if (reason === 'RegistryUnavailable') return 'network'
  const failure = (pullFailure(said) ?? stated)?.replace('image-pull-failed-', '')
  const known = (['network', 'auth', 'notfound', 'no-space'] as const).find((one) => one === failure)
  return known ?? 'other'
}

function found(group: [Waiting, ...Waiting[]]): Found {
  const [{ why, image, reason, said }] = group
  const pods = [...new Set(group.map(({ pod }) => pod))]
  const registry = registryOfImage(image)
  const words = {
    why,
    registry: shown(registry),
    images: few([...new Set(group.map((one) => one.image))], String),
    pods: few(pods, podName),
    nodes: few([...new Set(pods.flatMap(({ spec }) => spec.nodeName ?? []))], String),
    ...(why === 'other' ? { said: shown(said === '' ? reason : said, 200) } : {}),
  }
  return {
    ...objectOfPods(pods, why === 'network' ? registry : image),
    message: message('finding.image-pull-failing', words),
  }
}
