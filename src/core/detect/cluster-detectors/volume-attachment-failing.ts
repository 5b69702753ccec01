import { z } from 'zod'
import { isForceDetached } from '../../claims/volume-attachment.ts'
import type { VolumeAttachment } from '../../kubernetes/volume-attachment.ts'
import { message } from '../../messages/message.ts'
import { few } from '../../placement/few.ts'
import { shown } from '../../tell/shown-text.ts'
import type { Instant } from '../../units/instant.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { elapsedSince } from '../elapsed.ts'

/** A volume that cannot be attached to a node or detached from it, by what its attacher says (semantics §6.6). */
export const volumeAttachmentFailing = defineClusterDetector({
  id: 'volume-attachment-failing',
  reason: 'VolumeAttachmentFailing',
  severity: 'warning',
  summary: 'A volume cannot be attached to a node, or detached from it.',
  options: z.strictObject({}),

  detect({ objects, observedAt }) {
    const groups = new Map<string, [Failing, ...Failing[]]>()
    for (const attachment of objects.volumeAttachments?.value ?? []) {
      const failing = failureOf(attachment, observedAt)
      if (!failing) continue
      const key = JSON.stringify([failing.does, attachment.spec.attacher, attachment.spec.nodeName])
      const group = groups.get(key)
      if (group) group.push(failing)
      else groups.set(key, [failing])
    }
    return [...groups.values()].map(found)
  },
})

interface Failing {
  attachment: VolumeAttachment
  does: 'attach' | 'detach'
  said?: string
  seconds?: number
}

function failureOf(attachment: VolumeAttachment, now: Instant): Failing | undefined {
  const { metadata, status } = attachment
  const asked = elapsedSince(metadata.deletionTimestamp, now)
  const seconds = asked === undefined ? {} : { seconds: Math.round(asked / 1000) }
  if (status?.detachError)
    return { attachment, does: 'detach', said: status.detachError.message ?? '', ...seconds }
  // Within that time a controller waits for the kubelet, which is no failure.
  if (asked !== undefined)
    return isForceDetached(asked, false) ? { attachment, does: 'detach', ...seconds } : undefined
  if (status?.attachError && status.attached !== true)
    return { attachment, does: 'attach', said: status.attachError.message ?? '' }
  return undefined
}

/** Those of one attacher on one node, together: a driver that is down is one finding a node, not one a volume. */
function found(group: [Failing, ...Failing[]]) {
  const [{ attachment, does, said, seconds }] = group
  const { attacher, nodeName } = attachment.spec
  const volumeOf = ({ spec, metadata }: VolumeAttachment) => spec.source.persistentVolumeName ?? metadata.name
  const words = {
    node: shown(nodeName),
    attacher: shown(attacher),
    does,
    volumes: few(group, (failing) => volumeOf(failing.attachment)),
    ...(said ? { said: shown(said, 200) } : {}),
    ...(seconds === undefined ? {} : { seconds }),
  }
  const object =
    group.length === 1
      ? { kind: 'VolumeAttachment', name: attachment.metadata.name }
      : { kind: 'Node', name: nodeName }
  return { object, node: nodeName, message: message('finding.volume-attachment-failing', words) }
}
