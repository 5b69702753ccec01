import type { NodeView } from '../../observe/node-view.ts'
import type { ObservedImage } from '../../observe/observation.ts'

/** Which of the bytes are taken that the removal of an image may free. */
export type Freed = 'least' | 'middle' | 'most'

/** What the removal of an image frees on the disk, in bytes; undefined where nothing is known of its size. */
export type FreedBytes = (image: ObservedImage, which: Freed) => number | undefined

/** A Node's status names its 50 largest images (`nodeStatusMaxImages`); as many may be a part of them. */
const LIST_MAY_END_AT = 50

/** How many bytes are unpacked for each compressed one, where the node does not tell. */
const USUALLY_UNPACKED: Record<Freed, number> = { least: 0, middle: 1.6, most: 4 }

/**
 * What the removal of each image on a node gives back to its disk, which is not the size that the runtime
 * reports (semantics §1.8): containerd reports the compressed content and keeps the unpacked layers beside
 * it, docker and CRI-O count shared layers once for every image. Where nobody looked at the layers themselves,
 * the bytes of all images together tell how the two relate on this node.
 */
export function freedByImages(view: NodeView): FreedBytes {
  const factor = factors(view)
  return ({ onDiskBytes, reportedBytes }, which) =>
    onDiskBytes ?? (reportedBytes === undefined ? undefined : Math.round(reportedBytes * factor[which]))
}

/** Bytes on the disk for each byte that the runtime reports. */
function factors(view: NodeView): Record<Freed, number> {
  const name = view.containerRuntimeVersion?.split('://')[0]
  const unpacked = unpackedBytesPerReported(view)
  if (name === 'containerd') {
    const { least, middle, most } =
      unpacked !== undefined && unpacked >= 0.2 && unpacked <= 20
        ? // Of all together it is so much; some compress better than others.
          { least: unpacked / 2, middle: unpacked, most: 2 * unpacked }
        : USUALLY_UNPACKED
    return { least: 1 + least, middle: 1 + middle, most: 1 + most }
  }
  if (name === 'docker' || name === 'cri-o') {
    const alone = unpacked !== undefined && unpacked >= 0.2 && unpacked <= 1 ? unpacked : 1
    return { least: alone / 2, middle: alone, most: 1 }
  }
  return { least: 1, middle: 1, most: 1 }
}

/** Bytes of unpacked layers for each byte that the runtime reports of all images; undefined while it is not known. */
function unpackedBytesPerReported({
  images,
  summaries,
  containerRuntimeVersion,
}: NodeView): number | undefined {
  const summary = summaries.at(-1)?.value
  const used = summary?.imageFsUsedBytes
  if (used === undefined || !summary || !images || images.value.length >= LIST_MAY_END_AT) return undefined
  // docker's figure is of images alone, others count writable layers among the snapshots.
  const isOfImages = containerRuntimeVersion?.startsWith('docker://') === true
  const writable = isOfImages ? 0 : summary.pods.reduce((sum, { rootfsBytes }) => sum + rootfsBytes, 0)
  const reported = images.value.reduce((sum, { reportedBytes = 0 }) => sum + reportedBytes, 0)
  return reported > 0 ? (used - writable) / reported : undefined
}
