import { message, type Message } from '../../messages/message.ts'
import type { NodeView } from '../../observe/node-view.ts'
import { describeGrowth } from '../growth/classify.ts'
import type { Growth } from '../growth/growth.ts'
import { podPartRates } from './consumer-rates.ts'

/** Someone whose bytes on the node's disk grow. */
export interface GrowingConsumer {
  /** What a person calls it. */
  name: Message
  /** `namespace/name`; absent for what belongs to no pod. */
  pod?: string
  bytesPerSecond: number
}

/** Slower than this is told of nobody: half a gigabyte in a week. */
const LEAST_BYTES_PER_SECOND = 1000

/** Who grows, most first: what the kubelet counts for each pod, and what is left of the whole. */
export function growingConsumers(view: NodeView, growth: Growth | undefined): GrowingConsumer[] {
  const names = new Map(
    (view.summaries.at(-1)?.value.pods ?? []).map(({ uid, namespace, name }) => [
      uid,
      `${namespace}/${name}`,
    ]),
  )
  const parts = [...podPartRates(view).values()].flat()
  const counted = parts.map(({ uid, kind, bytesPerSecond }) => {
    const pod = names.get(uid) ?? uid
    return { pod, name: message(`forecast.consumer-${kind}`, { pod }), bytesPerSecond }
  })
  const total = counted.reduce((sum, { bytesPerSecond }) => sum + bytesPerSecond, 0)
  const rest = (growth ? describeGrowth(growth).perSecond.p50 : 0) - total
  return [...counted, { name: message('forecast.consumer-uncounted'), bytesPerSecond: rest }]
    .filter(({ bytesPerSecond }) => bytesPerSecond >= LEAST_BYTES_PER_SECOND)
    .toSorted((a, b) => b.bytesPerSecond - a.bytesPerSecond)
}
