import type { Node } from '../../../core/kubernetes/node.ts'
import type { Pod } from '../../../core/kubernetes/pod.ts'
import type { ClusterApi } from '../../../core/observe/cluster-api.ts'
import { latestStart, startsInEvents } from '../../../core/observe/kubelet-start.ts'
import type { NodeObservation, ObservedImage } from '../../../core/observe/observation.ts'
import type { ObservationSource } from '../../../core/observe/observation-source.ts'
import type { ClusterObjects } from './cluster-objects.ts'
import { eventReader } from './event-facts.ts'
import { nodeAsker, type NodeParts } from './node-parts.ts'

/** Called as nodes answer. */
export type Progress = (answered: number, nodes: number) => void

/**
 * Observes a cluster through its API server: objects, events, and what each kubelet says through the node proxy. What
 * cannot be had is a gap; nothing of it throws.
 */
export function clusterSource(
  api: ClusterApi,
  objects: ClusterObjects,
  onProgress: Progress = () => undefined,
): ObservationSource {
  const asker = nodeAsker(api.nodes)
  const events = eventReader()
  return {
    async observe(at) {
      const now = await objects.read(at)
      const pods = now.cluster.pods?.value ?? []
      const facts = events.read(now.events, pods)
      const nodes = nodesToAsk(now.cluster.nodes?.value, pods)
      asker.keep(new Set(nodes.map(({ name }) => name)))
      let answered = 0
      const asked = await Promise.all(
        nodes.map(async ({ name, object }) => {
          const answer = await asker.ask(name, bornWith(object), at)
          onProgress(++answered, nodes.length)
          return { name, object, answer }
        }),
      )
      const names = namesById(pods)
      const starts = startsInEvents(now.events)
      return {
        observedAt: at,
        cluster: now.cluster,
        nodes: asked.map(({ name, object, answer }) => ({
          ...nodeObservation(name, object, answer),
          ...latestStart(starts.get(name), answer.parts.kubeletStartedAt),
          ...(object && now.cluster.nodes
            ? {
                images: {
                  value: imagesOf(object),
                  source: 'Node.status.images',
                  observedAt: now.cluster.nodes.observedAt,
                },
              }
            : {}),
          imageNames: names.get(name) ?? {},
          facts: facts.ofNodes.get(name) ?? [],
        })),
        facts: facts.ofNone,
        gaps: [...now.gaps, ...asked.flatMap(({ answer }) => answer.gaps)],
      }
    },
  }
}

/** The nodes there are; where they may not be listed, those that pods are on. */
function nodesToAsk(
  nodes: readonly Node[] | undefined,
  pods: readonly Pod[],
): { name: string; object?: Node }[] {
  if (nodes) return nodes.map((object) => ({ name: object.metadata.name, object }))
  const names = new Set(pods.flatMap(({ spec }) => spec.nodeName ?? []))
  return [...names].toSorted().map((name) => ({ name }))
}

/** Settings last as long as these do. */
function bornWith(node: Node | undefined): string {
  const info = node?.status.nodeInfo
  return JSON.stringify([node?.metadata.uid, info?.kubeletVersion, info?.bootID])
}

function nodeObservation(
  name: string,
  object: Node | undefined,
  { parts }: NodeParts,
): Omit<NodeObservation, 'imageNames' | 'facts'> {
  const { kubeletVersion, containerRuntimeVersion } = object?.status.nodeInfo ?? {}
  return {
    name,
    ...(kubeletVersion === undefined ? {} : { kubeletVersion }),
    ...(containerRuntimeVersion === undefined ? {} : { containerRuntimeVersion }),
    ...parts,
  }
}

function imagesOf(node: Node): ObservedImage[] {
  return (node.status.images ?? []).map(({ names, sizeBytes }) => ({
    names: names ?? [],
    ...(sizeBytes === undefined ? {} : { reportedBytes: sizeBytes }),
  }))
}

/** Names of images by id, node by node, as far as pods tell: a runtime gives the id of what runs, or a digest, which is none. */
function namesById(pods: readonly Pod[]): ReadonlyMap<string, Record<string, string[]>> {
  const byNode = new Map<string, Record<string, string[]>>()
  for (const { spec, status } of pods) {
    if (spec.nodeName === undefined) continue
    for (const { image, imageID } of status.containerStatuses) {
      const id = /(?:^|:\/\/)(sha256:[0-9a-f]{64})$/.exec(imageID ?? '')?.[1]
      if (id === undefined || image === undefined || image.startsWith('sha256:')) continue
      const names = byNode.get(spec.nodeName) ?? {}
      byNode.set(spec.nodeName, names)
      const known = (names[id] ??= [])
      if (!known.includes(image)) known.push(image)
    }
  }
  return byNode
}
