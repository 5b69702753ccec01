import type { Event } from '../../kubernetes/event.ts'
import { parseInstant } from '../../units/instant.ts'
import type { PlacedRecord } from './log-record.ts'

/** An event as a record, at its first instant. One event is one statement, whatever its count. */
export function kubernetesEventRecord(
  event: Event,
  place: { file: string; line: number; node: string | null },
): PlacedRecord {
  const text = event.firstTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? null
  const at = (text === null ? undefined : parseInstant(text)) ?? null
  const { kind, namespace, name, uid } = event.involvedObject
  const subject = [kind, namespace, name].filter((part) => part !== undefined && part !== '').join('/')
  return {
    message: event.message,
    values: new Map(),
    text: event.message,
    time: { at, text, order: at ?? 0, isCoarse: !text?.includes('.') },
    node: place.node,
    from: 'events',
    event: {
      reason: event.reason,
      ...(kind === undefined ? {} : { kind }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
      ...(uid === undefined ? {} : { uid }),
    },
    isFramed: true,
    source: { file: place.file, line: place.line },
    raw: `${event.reason} ${subject}: ${event.message}`.slice(0, 2000),
  }
}
