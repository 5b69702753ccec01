import type { Incident } from '../core/incident/incident.ts'
import type { IncidentStore, KeptDeliveries, KeptMemory } from '../core/keep/incident-store.ts'
import { tellingChanges } from '../core/keep/telling-changes.ts'
import { footprintsOf, nodeChanges, restoreMemory, type Footprints } from '../core/patrol/kept-memory.ts'
import { emptyMemory, type PatrolMemory } from '../core/patrol/memory.ts'
import type { Round } from '../core/patrol/round.ts'
import type { IncidentChange } from '../core/tell/incident-change.ts'
import { nothingTold, type TellingMemory } from '../core/tell/plan-telling.ts'

/** What is kept of telling with a round. */
export interface KeptWithRound {
  deliveries: KeptDeliveries
  memory: TellingMemory
}

/** Keeps rounds, each whole and only what is new of it. A store that fails never ends the patrol. */
export interface PatrolKeeper {
  /** What an earlier process kept; nothing when that cannot be read. */
  restore(): Promise<{ memory: PatrolMemory; kept: KeptMemory }>
  /** @returns false when it could not be kept: then what is new is kept with a later round. */
  keep(round: Round, told: KeptWithRound): Promise<boolean>
}

const MOST_UNSAVED = 10_000
const NOTHING_KEPT: KeptMemory = { nodes: [], open: [], telling: nothingTold, waiting: [] }

/** @param onFailure is told each time the store fails */
export function createPatrolKeeper(
  store: IncidentStore,
  onFailure: (failure: unknown) => void,
): PatrolKeeper {
  let footprints: Footprints = new Map()
  let telling = nothingTold
  let saved = new Map<string, string>()
  const unsaved = new Map<string, Incident>()
  let unsavedChanges: readonly IncidentChange[] = []
  return {
    async restore() {
      try {
        const kept = await store.restore()
        footprints = footprintsOf(kept.nodes)
        telling = kept.telling
        saved = textsOf(kept.open)
        return { memory: restoreMemory(kept.nodes, kept.open), kept }
      } catch (failure) {
        onFailure(failure)
        return { memory: emptyMemory, kept: NOTHING_KEPT }
      }
    },
    async keep({ incidents, changes, memory }, { deliveries, memory: told }) {
      const texts = textsOf(incidents)
      for (const incident of incidents)
        if (saved.get(incident.id) !== texts.get(incident.id)) unsaved.set(incident.id, incident)
      unsavedChanges = [...unsavedChanges, ...changes].slice(-MOST_UNSAVED)
      const nodes = nodeChanges(footprints, memory.nodes)
      try {
        await store.saveRound({
          incidents: [...unsaved.values()],
          changes: unsavedChanges,
          deliveries,
          nodes: nodes.changed,
          forgottenNodes: nodes.forgotten,
          telling: tellingChanges(telling, told),
        })
      } catch (failure) {
        onFailure(failure)
        return false
      }
      unsaved.clear()
      unsavedChanges = []
      footprints = nodes.footprints
      telling = told
      saved = texts
      return true
    },
  }
}

function textsOf(incidents: readonly Incident[]): Map<string, string> {
  return new Map(incidents.map((incident) => [incident.id, JSON.stringify(incident)]))
}
