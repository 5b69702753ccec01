import type { Pod } from '../../kubernetes/pod.ts'
import type { NodeView } from '../../observe/node-view.ts'
import type { PodUsage } from '../../observe/observation.ts'
import { parseInstant, type Instant } from '../../units/instant.ts'
import { parseQuantity } from '../../units/quantity.ts'
import type { DescribedNode, DescribedPod } from '../described/described-node.ts'
import { podPartRates, type PodPartRate } from './consumer-rates.ts'
import { containerImages, imageFinder } from './image-use.ts'

/**
 * The pods of an observed node as the model takes them, their parts growing as measured, or slower where
 * the whole disk does: a log that is rotated gives back what it takes.
 * @param bytesPerMs that the disk is expected to grow by.
 */
export function observedPods(view: NodeView, bytesPerMs: number): DescribedNode['pods'] {
  const rates = podPartRates(view)
  const measured = [...rates.values()].flat().reduce((sum, { bytesPerSecond }) => sum + bytesPerSecond, 0)
  const share = measured > 0 ? Math.min(Math.max((1000 * bytesPerMs) / measured, 0), 1) : 1
  const find = imageFinder(view.images?.value ?? [])
  const summary = view.summaries.at(-1)
  const usages = new Map(summary?.value.pods.map((usage) => [usage.uid, usage]))
  return (view.pods?.value ?? [])
    .filter(({ spec }) => spec.containers.length > 0)
    .map((pod) => {
      const uid = pod.metadata.uid ?? ''
      const parts = rates.get(uid) ?? []
      const rateOf = (kind: PodPartRate['kind']) =>
        share * (parts.find((part) => part.kind === kind)?.bytesPerSecond ?? 0)
      const usage = usages.get(uid)
      return {
        ...observedPod(pod, usage, containerImages(pod, find), rateOf),
        measured: usage !== undefined || !summary || hasBegunAfter(pod, summary.observedAt),
      }
    })
}

/** A pod that the summary could not show yet is not one that the kubelet has no stats of. */
function hasBegunAfter({ status }: Pod, at: Instant): boolean {
  return (parseInstant(status.startTime ?? '') ?? -Infinity) > at
}

function observedPod(
  pod: Pod,
  usage: PodUsage | undefined,
  images: ReadonlyMap<string, string>,
  rateOf: (kind: PodPartRate['kind']) => number,
): Omit<DescribedPod, 'measured'> {
  const { metadata, spec } = pod
  const sizes = new Map(containerSizes(pod, usage).map((container) => [container.name, container]))
  // What grows of a pod with several containers is put down to the one that has most of it.
  const chattiest = largest(spec.containers, ({ name }) => sizes.get(name)?.logsBytes ?? 0)
  const busiest = largest(spec.containers, ({ name }) => sizes.get(name)?.rootfsBytes ?? 0)
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    ...(metadata.uid === undefined ? {} : { uid: metadata.uid }),
    priority: spec.priority ?? 0,
    static: metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined,
    finished: pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed',
    gracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    containers: spec.containers.map((container) => ({
      name: container.name,
      ...optional('image', images.get(container.name) ?? container.image),
      ...optional('request', storage(container.resources?.requests)),
      ...optional('limit', storage(container.resources?.limits)),
      writable: sizes.get(container.name)?.rootfsBytes ?? 0,
      logs: sizes.get(container.name)?.logsBytes ?? 0,
      writableGrowth: container === busiest ? rateOf('writable-layer') : 0,
      logsGrowth: container === chattiest ? rateOf('logs') : 0,
      inodes: container === busiest ? (usage?.inodes ?? 0) : 0,
    })),
    emptyDirs: observedVolumes(pod, usage, rateOf('volumes')),
  }
}

/** What each container has; where only that of the whole pod is known, it is put down to the first. */
function containerSizes({ spec }: Pod, usage: PodUsage | undefined): NonNullable<PodUsage['containers']> {
  const [first] = spec.containers
  if (!usage || !first || usage.containers) return usage?.containers ?? []
  return [{ name: first.name, logsBytes: usage.logsBytes, rootfsBytes: usage.rootfsBytes }]
}

function observedVolumes(pod: Pod, usage: PodUsage | undefined, growth: number): DescribedPod['emptyDirs'] {
  const limits = new Map(
    pod.spec.volumes.map(({ name, emptyDir }) => [name, parseQuantity(String(emptyDir?.sizeLimit ?? ''))]),
  )
  const together = { name: 'volumes', usedBytes: usage?.localVolumesBytes ?? 0 }
  const volumes = usage?.localVolumes ?? (together.usedBytes > 0 ? [together] : [])
  const fullest = largest(volumes, ({ usedBytes }) => usedBytes)
  return volumes.map((volume) => ({
    name: volume.name,
    used: volume.usedBytes,
    growth: volume === fullest ? growth : 0,
    ...optional('sizeLimit', limits.get(volume.name)),
    inodes: 0,
  }))
}

function storage(quantities: Readonly<Record<string, string | number>> | null | undefined) {
  return parseQuantity(String(quantities?.['ephemeral-storage'] ?? ''))
}

function largest<T>(items: readonly T[], size: (item: T) => number): T | undefined {
  let most: T | undefined
  for (const item of items) if (most === undefined || size(item) > size(most)) most = item
  return most
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>)
}
