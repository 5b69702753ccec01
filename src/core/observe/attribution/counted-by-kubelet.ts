import { hasOwnImageFilesystem, type NodeView } from '../node-view.ts'
import type { Duration } from '../../units/duration.ts'
import type { FilesystemReading, Part, PodUsage, SummaryView } from '../observation.ts'
import type { Owner } from './consumer-of.ts'
import type { DiskAttribution } from './disk-attribution.ts'
import { Tally } from './tally.ts'

/**
 * Where the bytes are as far as a kubelet counts them: images, and of each pod its logs, writable layers and volumes
 * (semantics §7.2). The remainder is what it does not count, local volumes among it. Undefined while nothing was counted.
 * @param filesystems names for the kubelet's filesystem and that of the images: paths are not known from outside.
 */
export function countedByKubelet(
  view: NodeView,
  filesystems: { kubelet: string; images: string },
): Part<readonly DiskAttribution[]> | undefined {
  const summary = view.summaries.at(-1)
  const nodefs = view.readings.at(-1)
  if (!summary || !nodefs) return undefined
  const ofKubelet = new Tally()
  const ofImages = hasOwnImageFilesystem(view) ? new Tally() : ofKubelet
  for (const pod of summary.value.pods) addPod(pod, ofKubelet, ofImages)
  addImages(view, summary.value, ofImages)
  const imagefs = view.imagefsReadings?.at(-1)
  return {
    value: [
      ofKubelet.attribution(filesystems.kubelet, nodefs),
      ...(ofImages !== ofKubelet && imagefs ? [ofImages.attribution(filesystems.images, imagefs)] : []),
    ],
    source: summary.source,
    observedAt: summary.observedAt,
  }
}

function addPod(usage: PodUsage, ofKubelet: Tally, ofImages: Tally): void {
  const pod = `${usage.namespace}/${usage.name}`
  const add = (tally: Tally, kind: Owner['kind'], name: string | undefined, bytes: number) => {
    if (bytes > 0) tally.add({ kind, pod, ...(name === undefined ? {} : { name }) }, bytes)
  }
  const { logsBytes: logs, rootfsBytes: rootfs } = usage
  const together = [{ name: undefined, logsBytes: logs, rootfsBytes: rootfs }]
  for (const { name, logsBytes, rootfsBytes } of usage.containers ?? together) {
    add(ofKubelet, 'container-logs', name, logsBytes)
    add(ofImages, 'writable-layers', name, rootfsBytes)
  }
  const volumes = usage.localVolumes ?? [{ name: undefined, usedBytes: usage.localVolumesBytes }]
  for (const { name, usedBytes } of volumes) add(ofKubelet, 'empty-dirs', name, usedBytes)
}

/** docker's figure is of images alone, others count writable layers among it; containerd keeps images as they were pulled, too. */
function addImages(view: NodeView, { imageFsUsedBytes, pods }: SummaryView, tally: Tally): void {
  const runtime = view.containerRuntimeVersion?.split('://')[0]
  if (imageFsUsedBytes !== undefined) {
    const writable = pods.reduce((sum, { rootfsBytes }) => sum + rootfsBytes, 0)
    tally.add({ kind: 'image-layers' }, Math.max(0, imageFsUsedBytes - (runtime === 'docker' ? 0 : writable)))
  }
  const reported = (view.images?.value ?? []).reduce((sum, { reportedBytes = 0 }) => sum + reportedBytes, 0)
  if (runtime === 'containerd' && reported > 0) tally.add({ kind: 'image-content' }, reported)
}

/** The same by an earlier summary; of one that is at least a minute older, where there is one. */
export function countedBefore(
  view: NodeView,
  filesystems: { kubelet: string; images: string },
): Part<readonly DiskAttribution[]> | undefined {
  const { summaries } = view
  const latest = summaries.at(-1)
  if (!latest) return undefined
  const earlier = summaries.filter(({ observedAt }) => observedAt <= latest.observedAt - LEAST_APART)
  const before = earlier.at(-1) ?? summaries[0]
  if (!before || before === latest) return undefined
  const upTo = (readings: readonly FilesystemReading[] = []) =>
    readings.filter(({ at }) => at <= before.observedAt).slice(-1)
  const readings = upTo(view.readings)
  if (readings.length === 0) return undefined
  const then = { ...view, summaries: [before], readings, imagefsReadings: upTo(view.imagefsReadings) }
  return countedByKubelet(then, filesystems)
}

const LEAST_APART: Duration = 60_000
