import { z } from 'zod'
import { Event } from '../../kubernetes/event.ts'
import { parseInstant, type Instant } from '../../units/instant.ts'
import { asCoreEvent, nodeOfEvent } from './core-event.ts'
import { isObject } from './json-object.ts'
import { kubernetesEventRecord } from './kubernetes-event.ts'
import type { PlacedRecord } from './log-record.ts'

const EventList = z.object({ items: z.array(z.unknown()) })

/**
 * The events in what `kubectl get events -o json|yaml` or `cluster-info dump` writes: a list, or one of them;
 * `text` is the document, to find their lines in. Undefined when it is neither.
 */
export function eventListRecords(value: unknown, text: string, file: string): PlacedRecord[] | undefined {
  const list = EventList.safeParse(value)
  const events = (list.success ? list.data.items : [value]).flatMap((item) => {
    if (!isObject(item)) return []
    const written = asCoreEvent(item)
    const event = Event.safeParse(written)
    return event.success ? [{ event: event.data, node: nodeOfEvent(written) ?? null }] : []
  })
  if (events.length === 0) return undefined
  const lineOf = lineFinder(text)
  return events.map(({ event, node }) => {
    const line = lineOf(event.metadata.name)
    const record = kubernetesEventRecord(event, { file, line, node })
    const last = lastSeen(event)
    return last === undefined || last <= record.time.order
      ? record
      : { ...record, time: { ...record.time, last: { at: last, order: last } } }
  })
}

/** An event is repeated by counting on, in one of two ways. */
function lastSeen({ series, lastTimestamp }: Event): Instant | undefined {
  const text = series?.lastObservedTime ?? lastTimestamp
  return text ? (parseInstant(text) ?? undefined) : undefined
}

/** Finds the lines of names that come in order, from 1; the line of the one before where one is not found. */
function lineFinder(text: string): (name: string | undefined) => number {
  let at = 0
  let line = 1
  return (name) => {
    const found = name === undefined ? -1 : text.indexOf(name, at)
    if (found === -1) return line
    for (let next = text.indexOf('\n', at); next !== -1 && next < found; next = text.indexOf('\n', next + 1))
      line++
    at = found
    return line
  }
}
