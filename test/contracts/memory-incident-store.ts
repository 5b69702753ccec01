import type { Incident } from '../../src/core/incident/incident.ts'
import type { IncidentStore } from '../../src/core/keep/incident-store.ts'
import type { IncidentChange } from '../../src/core/tell/incident-change.ts'

/** The fake of the store port: keeps everything in the process. */
export function memoryIncidentStore(): IncidentStore {
  const incidents = new Map<string, Incident>()
  const changes = new Map<string, IncidentChange>()
  return {
    async saveIncidents(saved) {
      for (const incident of saved) incidents.set(incident.id, structuredClone(incident))
    },
    async listIncidents() {
      const newestFirst = (a: Incident, b: Incident) =>
        (b.openedAt ?? Number.NEGATIVE_INFINITY) - (a.openedAt ?? Number.NEGATIVE_INFINITY) ||
        a.id.localeCompare(b.id)
      return [...incidents.values()].toSorted(newestFirst)
    },
    async recordChange(change) {
      if (!changes.has(change.key)) changes.set(change.key, structuredClone(change))
    },
    async listChanges(limit) {
      return [...changes.values()].toReversed().slice(0, limit)
    },
    async close() {},
  }
}
