import type { Incident } from '../incident/incident.ts'
import type { Message } from '../messages/message.ts'
import type { Instant } from '../units/instant.ts'

/** What happened to an incident since the last round. */
export interface IncidentChange {
  /** Unique and stable: a change told twice carries the same key. */
  key: string
  kind: 'opened' | 'changed' | 'resolved'
  at: Instant
  incident: Incident
  /** What is new, a sentence each: the cause at first, then what followed since. */
  news: readonly Message[]
}
