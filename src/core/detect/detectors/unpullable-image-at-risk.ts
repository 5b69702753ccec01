import { z } from 'zod'
import { isPauseImage } from '../../kubelet/image-gc/pause-image.ts'
import { message } from '../../messages/message.ts'
import type { NodeView } from '../../observe/node-view.ts'
import type { ObservedImage } from '../../observe/observation.ts'
import { isPullable } from '../../observe/pullability.ts'
import { few } from '../../placement/few.ts'
import { defineDetector } from '../detector.ts'
import { comparableName, containersOf, namesOfImage } from '../image-names.ts'
import { pauseImageState } from '../pause-image-state.ts'
import { isNear, ofTwo } from '../threshold-words.ts'
import { watchedFilesystems } from '../watched-filesystems.ts'

/**
 * Idle images on a disk that is about to make its kubelet delete them, but for those that a registry was seen to
 * have: what is not known counts as lost. In which order the kubelet would take them only it
 * knows: those that it never saw in use first (semantics §1.2, §1.6).
 */
export const unpullableImageAtRisk = defineDetector({
  id: 'unpullable-image-at-risk',
  reason: 'UnpullableImageAtRisk',
  severity: 'warning',
  summary: 'The kubelet is about to delete idle images, and no registry is known to give them back.',
  options: z.strictObject({
    /** Percent of the capacity that is left above the level at which images are deleted. */
    marginPercent: z.number().min(0).max(50).default(5),
  }),

  detect(view, { marginPercent }) {
    const disk = watchedFilesystems(view).find(({ holds }) => holds !== 'kubelet-data')
    const level = disk?.levels.find(({ unit }) => unit === 'bytes')
    if (!disk || !level) return []
    const isCrossed = disk.latest.availableBytes < level.below
    if (!isCrossed && !isNear(level, disk.latest, marginPercent)) return []
    const idle = idleImages(view)
    if (!idle || idle.length === 0) return []
    const total = idle.reduce((sum, { reportedBytes }) => sum + (reportedBytes ?? 0), 0)
    return [
      message('finding.unpullable-image-at-risk', {
        ...ofTwo(disk.holds),
        isCrossed,
        images: few(idle, nameOf),
        ...askedWords(idle),
        ...(idle.every(({ reportedBytes }) => reportedBytes !== undefined) ? { reportedBytes: total } : {}),
        available: disk.latest.availableBytes,
        below: level.below,
      }),
    ]
  },
})

/** Named images that no container on the node uses and no registry is known to have, largest first; undefined while that is not known. */
function idleImages(view: NodeView): ObservedImage[] | undefined {
  const { images, pods } = view
  if (!images || !pods) return undefined
  const used = new Set(pods.value.flatMap((pod) => containersOf(pod).flatMap(namesOfImage)))
  const isPauseSafe = pauseImageState(view)?.state === 'protected'
  return images.value
    .filter(({ names }) => names.some(isName) && !names.some((name) => used.has(comparableName(name))))
    .filter((image) => !isPullable(image))
    .filter(({ id }) => id === undefined || !used.has(id))
    .filter(({ names }) => !(isPauseSafe && names.some(isPauseImage)))
    .toSorted((a, b) => (b.reportedBytes ?? 0) - (a.reportedBytes ?? 0))
}

/** What registries said of images that they are not known to have; nothing where none was asked. */
function askedWords(images: readonly ObservedImage[]) {
  const answers = images.flatMap(({ pullable }) => pullable?.why ?? [])
  if (answers.length < images.length) return {}
  const missing = answers.filter((why) => why === 'missing').length
  const withoutDigest = answers.filter((why) => why === 'no-digest').length
  return { asked: { missing, withoutDigest, unanswered: answers.length - missing - withoutDigest } }
}

const isName = (name: string) => !name.includes('<none>')

function nameOf({ names }: ObservedImage): string {
  return names.find((name) => isName(name) && !name.includes('@')) ?? names.find(isName) ?? ''
}
