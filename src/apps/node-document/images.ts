import type { Language } from '../../core/messages/language.ts'
import { message, say } from '../../core/messages/message.ts'
import type { NodeView } from '../../core/observe/node-view.ts'
import type { Pullability } from '../../core/observe/pullability.ts'
import { few } from '../../core/placement/few.ts'
import { nodeImages, type NodeImage } from '../../core/report/node-images.ts'
import { LONGEST_NAME, shown } from '../../core/tell/shown-text.ts'
import { formatInstant, type Instant } from '../../core/units/instant.ts'
import type { ImagesDocument } from '../../http/node-contract.ts'

const MOST_LISTED = 300

/** The images of a node as the page shows them. */
export function imagesDocument(view: NodeView, language: Language): ImagesDocument | null {
  const images = nodeImages(view)
  if (!images) return null
  const atRisk = images.filter(({ isAtRisk }) => isAtRisk)
  return {
    total: images.length,
    atRisk: atRisk.length,
    atRiskBytes: atRisk.reduce((sum, { image }) => sum + (image.onDiskBytes ?? image.reportedBytes ?? 0), 0),
    items: images.slice(0, MOST_LISTED).map((image) => item(image, language)),
  }
}

function item({ image, name, usedBy, isKept, isAtRisk }: NodeImage, language: Language) {
  const { names, onDiskBytes, reportedBytes, isPinned = false, pullable, lastUsedAt } = image
  return {
    name: shown(name, LONGEST_NAME),
    otherNames: Math.max(0, names.length - 1),
    bytes: onDiskBytes ?? reportedBytes ?? null,
    areFreed: onDiskBytes !== undefined,
    isPinned,
    isKept,
    isAtRisk,
    pullable: pullable?.state ?? ('unknown' as const),
    why: say(why(pullable), language),
    checkedAt: iso(pullable?.checkedAt),
    lastUsedAt: iso(lastUsedAt),
    usedBy: asFew(usedBy),
  }
}

function why(pullable: Pullability | undefined) {
  return pullable === undefined
    ? message('page.images.not-asked')
    : message('page.images.why', {
        why: pullable.why,
        host: pullable.host === undefined ? null : shown(pullable.host),
      })
}

function asFew(names: readonly string[]) {
  const { named, count } = few(names, (name) => name)
  return { named: [...named], count }
}

function iso(at: Instant | undefined): string | null {
  return at === undefined ? null : formatInstant(at)
}
