import type { Language } from '../../core/messages/language.ts'
import { message, say } from '../../core/messages/message.ts'
import type { NodeView } from '../../core/observe/node-view.ts'
import { whereBytesAre, type ConsumerRow } from '../../core/report/where-bytes-are.ts'
import { formatInstant } from '../../core/units/instant.ts'
import type { ConsumersDocument } from '../../http/node-contract.ts'

/** Where the bytes of a node's filesystems are, as the page shows it; empty while nothing is known. */
export function consumersDocuments(view: NodeView, language: Language): ConsumersDocument[] {
  const found = whereBytesAre(view)
  if (!found) return []
  const row = ({ name, bytes, bytesPerSecond }: ConsumerRow) => ({
    label: typeof name === 'string' ? name : say(name, language),
    bytes,
    bytesPerSecond: bytesPerSecond === undefined ? null : Math.round(bytesPerSecond),
  })
  return found.value.map(({ kinds, note, ...figures }) => ({
    ...figures,
    observedAt: formatInstant(found.observedAt),
    isWalked: found.isWalked,
    message: say(message('disk.title', figures), language),
    note: note ? say(note, language) : null,
    consumers: kinds.map((kind) => ({
      ...row(kind),
      kind: kind.kind,
      consumers: kind.rows.map((pod) => ({ ...row(pod), consumers: pod.rows.map(row) })),
    })),
  }))
}
