import { isPauseImage } from '../kubelet/image-gc/pause-image.ts'
import type { Pod } from '../kubernetes/pod.ts'
import { message, type Message } from '../messages/message.ts'
import { isPullable } from '../observe/pullability.ts'
import { podName, uncountedVolumes, type NodeView } from '../observe/node-view.ts'
import { containerImages, imageFinder, imageKey } from './observed/image-use.ts'
import type { ForecastAction } from './ranged-actions.ts'

/** What the kubelet's actions mean for those who use the node. */
export interface Consequence {
  kind: 'no-pod-can-start' | 'pod-cannot-restart' | 'images-lost' | 'claim-bound' | 'fits-nowhere-else'
  /** The image or the pod it is about; of several images the first. */
  subject: string
  /** `possible` where the kubelet leaves an order undefined, so that others may be taken instead. */
  certainty: 'certain' | 'possible'
  message: Message
  /** Why other nodes will not have a pod that fits nowhere else. */
  nodes?: readonly NodesRefusing[]
}

/** Nodes that refuse a pod for the same reason. */
export interface NodesRefusing {
  nodes: readonly string[]
  reason: Message
}

/** A removed image under its name, and whether it is among those that go in any case. */
interface LostImage {
  id: string
  name: string
  isCertain: boolean
  /** Whether a registry was seen to have it: then only a pod that never pulls misses it. */
  isPullable: boolean
}

/**
 * What follows from the forecast actions: which pods could not start again because their image is gone
 * (what no registry was seen to have counts as not to be had again), whether the pause image goes, without which no pod starts
 * (semantics §5.5), and which evicted pods are bound to the node by a volume on it (semantics §6.5).
 */
export function consequencesOf(view: NodeView, actions: readonly ForecastAction[]): Consequence[] {
  const lost = lostImages(view, actions)
  const pods = evictedPods(view, actions)
  const find = imageFinder(view.images?.value ?? [])
  const byId = new Map(lost.map((image) => [image.id, image]))
  const needed = pods.flatMap((pod) =>
    [...new Set(missedImages(pod, containerImages(pod, find), byId))].map((image) => ({
      pod: podName(pod),
      image,
    })),
  )
  const neededIds = new Set(needed.map(({ image }) => image.id))
  return [
    ...lost.filter(({ name, isPullable: is }) => isPauseImage(name) && !is).map(noPodCanStart),
    ...needed.map(({ pod, image }) => cannotRestart(pod, image)),
    ...imagesLost(
      lost.filter(({ id, name, isPullable: is }) => !is && !neededIds.has(id) && !isPauseImage(name)),
    ),
    ...boundClaims(view, new Set(pods.map(podName))),
  ]
}

/** The pods that the actions evict, or may evict. */
export function evictedPods({ pods }: NodeView, actions: readonly ForecastAction[]): Pod[] {
  const evicted = new Set(
    actions
      .filter(({ kind }) => kind === 'evict-pod')
      .flatMap(({ victims, victimSet }) => [...victims, ...victimSet])
      .flatMap((victim) => (victim.kind === 'pod' ? victim.uid : [])),
  )
  return (pods?.value ?? []).filter(({ metadata }) => evicted.has(metadata.uid ?? ''))
}

/** The removed images that a pod would want and not get. */
function missedImages(
  { spec }: Pod,
  images: ReadonlyMap<string, string>,
  lost: ReadonlyMap<string, LostImage>,
): LostImage[] {
  return spec.containers.flatMap(({ name, imagePullPolicy }) => {
    const image = lost.get(images.get(name) ?? '')
    return image === undefined || (image.isPullable && imagePullPolicy !== 'Never') ? [] : [image]
  })
}

function lostImages({ images }: NodeView, actions: readonly ForecastAction[]): LostImage[] {
  const pullable = new Set((images?.value ?? []).filter(isPullable).map(imageKey))
  const lost = new Map<string, LostImage>()
  for (const { victims, victimSet } of actions) {
    for (const [list, isCertain] of [
      [victims, true],
      [victimSet, false],
    ] as const) {
      for (const victim of list) {
        if (victim.kind !== 'image') continue
        const { id, name = id } = victim
        lost.set(id, {
          id,
          name,
          isCertain: isCertain || lost.get(id)?.isCertain === true,
          isPullable: pullable.has(id),
        })
      }
    }
  }
  return [...lost.values()]
}

const certaintyOf = ({ isCertain }: LostImage) => (isCertain ? 'certain' : 'possible')

function noPodCanStart(image: LostImage): Consequence {
  return {
    kind: 'no-pod-can-start',
    subject: image.name,
    certainty: certaintyOf(image),
    message: message('forecast.no-pod-can-start', { image: image.name, certainty: certaintyOf(image) }),
  }
}

function cannotRestart(pod: string, image: LostImage): Consequence {
  return {
    kind: 'pod-cannot-restart',
    subject: pod,
    certainty: certaintyOf(image),
    message: message('forecast.pod-cannot-restart', {
      pod,
      image: image.name,
      certainty: certaintyOf(image),
    }),
  }
}

/** The others together: those that go, and those of which some go. */
function imagesLost(images: readonly LostImage[]): Consequence[] {
  return (['certain', 'possible'] as const).flatMap((certainty) => {
    const some = images.filter((image) => certaintyOf(image) === certainty).map(({ name }) => name)
    const [subject] = some
    if (subject === undefined) return []
    const sentence = message('forecast.images-lost', { images: some, certainty })
    return { kind: 'images-lost' as const, subject, certainty, message: sentence }
  })
}

/** Evicted pods whose volume is on this node's disk: they can run nowhere else, and their bytes stay. */
function boundClaims(view: NodeView, evicted: ReadonlySet<string>): Consequence[] {
  return uncountedVolumes(view).flatMap(({ kind, path, claim, pods }) =>
    kind !== 'persistent-volume' || claim === undefined
      ? []
      : pods
          .filter((pod) => evicted.has(pod))
          .map((pod) => ({
            kind: 'claim-bound' as const,
            subject: pod,
            certainty: 'certain' as const,
            message: message('forecast.claim-bound', { pod, claim, path }),
          })),
  )
}
