import type { Duration } from '../../../core/units/duration.ts'
import type { Instant } from '../../../core/units/instant.ts'
import type { Agenda } from './agenda.ts'
import type { Chance } from './chance.ts'
import { toSeconds } from './kubernetes-time.ts'
import type { LabObjects } from './lab-objects.ts'
import type { EventObject, LabObject } from './objects.ts'

/** Tells the cluster what happens. */
export interface EventRecorder {
  record(
    about: LabObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    from: EventSource,
    more?: EventDetails,
  ): void
}

/** What an event says besides. */
export interface EventDetails {
  annotations?: Readonly<Record<string, string>> | undefined
  /** Which part of the object it is about: `spec.containers{es}`. */
  fieldPath?: string
}

/** Who tells it. */
export interface EventSource {
  component: string
  host?: string
}

/** Events expire after an hour (semantics §9). */
const KEPT: Duration = 3_600_000
/** So many of one source about one object at once, then one more every five minutes. */
const BURST = 25
const REFILL: Duration = 300_000
const SWEEP: Duration = 300_000

/** Records events as Kubernetes does: what is repeated is counted, what is repeated too often is dropped; nothing is before an instant. */
export function createEventRecorder(
  objects: LabObjects,
  agenda: Agenda,
  chance: Chance,
  from: Instant,
): EventRecorder {
  const known = new Map<string, EventObject>()
  const spent = new Map<string, { tokens: number; at: Instant }>()
  let sweepsAt = agenda.now() + SWEEP
  let lastStamp = 0n

  /** Nanoseconds, as client-go ends the names of events: they sort by time. */
  function stamp(now: Instant): string {
    const nanoseconds = BigInt(Math.floor(now * 1000)) * 1000n
    lastStamp = nanoseconds > lastStamp ? nanoseconds : lastStamp + 1n
    return lastStamp.toString(16)
  }

  function sweep(now: Instant): void {
    for (const [key, event] of known) {
      if (Date.parse(event.lastTimestamp) + KEPT >= now) continue
      known.delete(key)
      objects.remove('events', event.metadata.namespace, event.metadata.name)
    }
    sweepsAt = now + SWEEP
  }

  function isDropped(key: string, now: Instant): boolean {
    const { tokens, at } = spent.get(key) ?? { tokens: BURST, at: now }
    const filled = Math.min(BURST, tokens + (now - at) / REFILL)
    spent.set(key, { tokens: Math.max(0, filled - 1), at: now })
    return filled < 1
  }

  return {
    record(about, type, reason, message, source, { annotations, fieldPath } = {}) {
      const now = agenda.now()
      if (now < from) return
      if (now >= sweepsAt) sweep(now)
      const { kind, apiVersion, metadata } = about
      const { name, namespace } = metadata
      // A kubelet calls its node by its name there, and kubectl looks for that.
      const uid = kind === 'Node' ? name : (metadata.uid ?? name)
      if (isDropped(`${source.component} ${source.host ?? ''} ${uid}`, now)) return
      const key = JSON.stringify([source.component, source.host, uid, fieldPath, type, reason, message])
      const earlier = known.get(key)
      const event: EventObject = earlier
        ? { ...earlier, count: earlier.count + 1, lastTimestamp: toSeconds(now) }
        : {
            apiVersion: 'v1',
            kind: 'Event',
            metadata: {
              name: `${name}.${stamp(now)}`,
              namespace: namespace ?? 'default',
              uid: chance.uid(),
              creationTimestamp: toSeconds(now),
              ...(annotations && { annotations: { ...annotations } }),
            },
            involvedObject: {
              apiVersion,
              kind,
              name,
              ...(namespace && { namespace }),
              uid,
              ...(fieldPath !== undefined && { fieldPath }),
            },
            type,
            reason,
            message,
            source,
            count: 1,
            firstTimestamp: toSeconds(now),
            lastTimestamp: toSeconds(now),
            eventTime: null,
            reportingComponent: '',
            reportingInstance: '',
          }
      known.set(key, event)
      if (earlier) objects.update('events', event)
      else objects.create('events', event)
    },
  }
}
