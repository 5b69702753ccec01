import type { Language } from '../core/messages/language.ts'
import { message, say } from '../core/messages/message.ts'
import { consumerName } from '../core/observe/attribution/consumer-name.ts'
import type { DiskConsumer } from '../core/observe/attribution/disk-attribution.ts'
import type { NodeView } from '../core/observe/node-view.ts'
import { formatInstant } from '../core/units/instant.ts'
import type { ConsumersDocument } from '../http/contract.ts'

/** Where the bytes of a node's filesystems are, as the page shows it; empty where nobody on the node looked. */
export function consumersDocuments({ diskAttribution }: NodeView, language: Language): ConsumersDocument[] {
  if (!diskAttribution) return []
  const { value, observedAt } = diskAttribution
  const labelled = (consumer: DiskConsumer) => {
    const name = consumerName(consumer)
    return { label: typeof name === 'string' ? name : say(name, language), bytes: consumer.bytes }
  }
  return value.map(({ consumers, ...figures }) => ({
    mountPoint: figures.mountPoint,
    observedAt: formatInstant(observedAt),
    usedBytes: figures.usedBytes,
    message: say(message('disk.title', figures), language),
    consumers: consumers.map(({ consumers: parts = [], ...kind }) => ({
      ...labelled(kind),
      consumers: parts.map(labelled),
    })),
  }))
}
