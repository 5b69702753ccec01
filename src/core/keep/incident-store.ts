import type { Incident } from '../incident/incident.ts'
import type { IncidentChange } from '../tell/incident-change.ts'

/** Keeps what the patrol found and told. Every method throws a coded error when the store cannot be used. */
export interface IncidentStore {
  /** Inserts or replaces, by id. */
  saveIncidents(incidents: readonly Incident[]): Promise<void>
  /** All, open and resolved, newest first (by `openedAt`, then id). */
  listIncidents(): Promise<Incident[]>
  /** Remembers a change once: a second call with the same key changes nothing. */
  recordChange(change: IncidentChange): Promise<void>
  /** The latest changes, newest first, at most `limit`. */
  listChanges(limit: number): Promise<IncidentChange[]>
  close(): Promise<void>
}
