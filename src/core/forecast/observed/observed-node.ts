import { parseContainerRuntime } from '../../kubelet/container-runtime.ts'
import { isPauseImage, pauseImageProtection } from '../../kubelet/image-gc/pause-image.ts'
import { parseKubeletVersion } from '../../kubelet/kubelet-version.ts'
import type { NodeView } from '../../observe/node-view.ts'
import type { Duration } from '../../units/duration.ts'
import type { DescribedNode } from '../described/described-node.ts'
import { freedByImages, type Freed } from './freed-by-images.ts'
import { imageKey } from './image-use.ts'
import { observedPods } from './observed-pods.ts'
import { presentImages } from './present-images.ts'

/** How the bytes and inodes in use on a filesystem go on: so many at an instant after now, in milliseconds. */
export interface Outlook {
  bytesAfter: (ms: Duration) => number
  inodesAfter?: ((ms: Duration) => number) | undefined
}

/** The outlook is followed in so many straight pieces. */
const PIECES = 24

/**
 * An observed node as the model takes it, or undefined while too little is known: its version, its
 * settings, or how full its disk is. What grows beyond what the kubelet counts is a writer of its own.
 * @param outlook of nodefs; images on a filesystem of their own stay as they are.
 * @param freed by the removal of an image, where that is not known for sure.
 */
export function observedNode(
  view: NodeView,
  outlook: Outlook,
  horizon: Duration,
  freed: Freed = 'middle',
): DescribedNode | undefined {
  const { kubeletVersion, kubeletConfiguration, kubeletStartedAt } = view
  const latest = view.readings.at(-1)
  if (kubeletVersion === undefined || !kubeletConfiguration || !latest) return undefined
  const summary = view.summaries.at(-1)?.value
  const { capacityBytes, availableBytes, inodes, inodesFree } = latest
  const version = parseKubeletVersion(kubeletVersion)
  const runtime = parseContainerRuntime(view.containerRuntimeVersion ?? '')
  const isPausePinned = version !== undefined && pauseImageProtection(version, runtime) === 'pinned'
  const freedBytes = freedByImages(view)
  const pods = observedPods(view, outlook.bytesAfter(horizon) / horizon)
  return {
    start: view.observedAt,
    duration: horizon,
    kubelet: {
      version: kubeletVersion,
      runningFor: kubeletStartedAt === undefined ? LONG_ENOUGH : view.observedAt - kubeletStartedAt,
      ...(view.sandboxImage === undefined ? {} : { sandboxImage: view.sandboxImage }),
      configuration: { ...kubeletConfiguration.value },
    },
    filesystems: {
      nodefs: { capacity: capacityBytes, available: availableBytes, inodes, inodesFree },
      ...(summary?.isSingleFilesystem === false && summary.imageFs
        ? {
            imagefs: {
              capacity: summary.imageFs.capacityBytes,
              available: summary.imageFs.availableBytes,
              inodes: summary.imageFs.inodes,
              inodesFree: summary.imageFs.inodesFree,
            },
          }
        : {}),
    },
    images: presentImages(view).map((image) => ({
      id: imageKey(image),
      name: image.names[0] ?? imageKey(image),
      pinned: image.isPinned === true || (isPausePinned && image.names.some(isPauseImage)),
      ...(image.reportedBytes === undefined ? {} : { size: image.reportedBytes }),
      ...givenBack(freedBytes(image, freed)),
    })),
    pods,
    writers: writersFor(outlook, growthOf(pods), horizon),
  }
}

const givenBack = (onDisk: number | undefined) => (onDisk === undefined ? {} : { onDisk })

/** Where nothing tells when the kubelet started: long enough that no image is too young. What may be wrong by that is said. */
const LONG_ENOUGH: Duration = 86_400_000

function growthOf(pods: DescribedNode['pods']): number {
  return pods.reduce(
    (total, { containers, emptyDirs }) =>
      total +
      containers.reduce((sum, { writableGrowth, logsGrowth }) => sum + writableGrowth + logsGrowth, 0) +
      emptyDirs.reduce((sum, { growth }) => sum + growth, 0),
    0,
  )
}

/** What is left of the outlook when the pods' own growth is taken off it; negative where space is given back. */
function writersFor(
  { bytesAfter, inodesAfter }: Outlook,
  podBytesPerSecond: number,
  horizon: Duration,
): DescribedNode['writers'] {
  // Short pieces first: what comes soon has to be right to the second.
  const turn = (index: number) => horizon * (index / PIECES) ** 3
  return Array.from({ length: PIECES }, (_, index) => {
    const [from, until] = [turn(index), turn(index + 1)]
    const perSecond = (after: (ms: Duration) => number) =>
      (1000 * (after(until) - after(from))) / (until - from)
    return {
      name: 'uncounted',
      filesystem: 'nodefs' as const,
      bytesPerSecond: perSecond(bytesAfter) - podBytesPerSecond,
      inodesPerSecond: inodesAfter ? perSecond(inodesAfter) : 0,
      from,
      until,
    }
  }).filter(({ bytesPerSecond, inodesPerSecond }) => bytesPerSecond !== 0 || inodesPerSecond !== 0)
}
