import { z } from 'zod'
import type { Node } from '../../kubernetes/node.ts'
import { message } from '../../messages/message.ts'
import type { NodeView } from '../../observe/node-view.ts'
import { podName } from '../../observe/node-view.ts'
import { few } from '../../placement/few.ts'
import { shown } from '../../tell/shown-text.ts'
import type { Instant } from '../../units/instant.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { elapsedSince } from '../elapsed.ts'
import {
  comparableName,
  containersOf,
  LISTED_NAMES,
  mayBeCut,
  namesOfImage,
  registryOfImage,
  type PodContainer,
} from '../image-names.ts'
import { unansweredRegistries } from '../unanswered-registries.ts'

/**
 * A container runs, but its image is no longer on the node, and nothing would pull it: it does not survive a restart
 * (semantics §5.1, §10.1). Node.status.images may be cut, and then nothing is said.
 */
export const imageMissingOnNode = defineClusterDetector({
  id: 'image-missing-on-node',
  reason: 'ImageMissingOnNode',
  severity: 'warning',
  summary: 'A container runs whose image is gone from its node, and nothing would pull it again.',
  options: z.strictObject({
    /** A node may list an image only some time after it was pulled. */
    minimumRunningSeconds: z.number().nonnegative().default(900),
  }),

  detect(cluster, { minimumRunningSeconds }) {
    const { objects, nodes, observedAt } = cluster
    const unanswered = unansweredRegistries(cluster)
    const objectsByName = new Map((objects.nodes?.value ?? []).map((node) => [node.metadata.name, node]))
    const lists = new Map<string, ReadonlySet<string> | undefined>()
    const listOf = (name: string) => {
      if (!lists.has(name)) lists.set(name, wholeListOf(objectsByName.get(name), nodes.get(name)))
      return lists.get(name)
    }
    return (objects.pods?.value ?? []).flatMap((pod) => {
      const { nodeName } = pod.spec
      if (nodeName === undefined) return []
      const unpullable = containersOf(pod).filter(
        (container) =>
          cannotBePulled(container, unanswered.get(nodeName)) &&
          runsSince(container, observedAt) >= minimumRunningSeconds * 1000,
      )
      const images = unpullable.length > 0 ? listOf(nodeName) : undefined
      if (!images) return []
      const missing = unpullable.filter(
        (container) => !namesOfImage(container).some((name) => images.has(name)),
      )
      if (missing.length === 0) return []
      const words = {
        pod: shown(podName(pod)),
        node: shown(nodeName),
        images: few([...new Set(missing.map(({ spec }) => spec.image ?? ''))], String),
        isNeverPulled: missing.every(({ spec }) => spec.imagePullPolicy === 'Never'),
      }
      const { namespace = 'default', name } = pod.metadata
      const object = { kind: 'Pod', namespace, name }
      return [{ object, node: nodeName, message: message('finding.image-missing-on-node', words) }]
    })
  },
})

/** The names of all images on a node; undefined where the list may be cut, or an image has no name. */
function wholeListOf(node: Node | undefined, view: NodeView | undefined): ReadonlySet<string> | undefined {
  const images = node?.status.images ?? []
  const isCut = images.length === 0 || mayBeCut(images.length, view ?? {})
  if (isCut || images.some(({ names }) => isUnsure(names ?? []))) return undefined
  return new Set(images.flatMap(({ names }) => (names ?? []).map(comparableName)))
}

function isUnsure(names: readonly string[]): boolean {
  return names.length === 0 || names.length >= LISTED_NAMES || names.some((name) => name.includes('<none>'))
}

function runsSince({ status }: PodContainer, now: Instant): number {
  return elapsedSince(status?.state?.running?.startedAt, now) ?? 0
}

function cannotBePulled({ spec }: PodContainer, unanswered: ReadonlySet<string> | undefined): boolean {
  if (spec.imagePullPolicy === 'Never') return true
  return unanswered !== undefined && spec.image !== undefined && unanswered.has(registryOfImage(spec.image))
}
