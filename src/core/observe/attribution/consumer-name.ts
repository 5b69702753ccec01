import { message, type Message } from '../../messages/message.ts'
import { shown } from '../../tell/shown-text.ts'
import type { DiskConsumer } from './disk-attribution.ts'

/** What a consumer is called among those of its kind: its pod and name, or how many it stands for; else its kind. */
export function consumerName({ kind, name, pod, count }: DiskConsumer): Message | string {
  if (count !== undefined) return message('disk.others', { count })
  const told = [pod, name].flatMap((part) => (part === undefined ? [] : shown(part)))
  return told.length > 0 ? told.join(' ') : message(`disk.kind.${kind}`)
}
