import type { FilesystemReading } from '../../src/core/observe/observation.ts'
import type { Incident } from '../../src/core/incident/incident.ts'
import type { AuditEntry } from '../../src/core/keep/audit.ts'
import type { IncidentQuery, KeptDeliveries, PatrolStore } from '../../src/core/keep/incident-store.ts'
import { factKey, type KeptNode, type KeptNodeChange } from '../../src/core/keep/kept-node.ts'
import type { Delivery } from '../../src/core/tell/delivery.ts'
import type { IncidentChange } from '../../src/core/tell/incident-change.ts'
import { nothingTold, type TellingMemory } from '../../src/core/tell/plan-telling.ts'

/** The fake of the store port: keeps everything in the process. */
export function memoryIncidentStore(): PatrolStore {
  const incidents = new Map<string, Incident>()
  const changes = new Map<string, IncidentChange>()
  const deliveries = new Map<string, Delivery>()
  const nodes = new Map<string, KeptNode>()
  const audit: AuditEntry[] = []
  let telling: TellingMemory = nothingTold

  const newestFirst = () =>
    [...incidents.values()].toSorted(
      (a, b) =>
        (b.openedAt ?? Number.NEGATIVE_INFINITY) - (a.openedAt ?? Number.NEGATIVE_INFINITY) ||
        a.id.localeCompare(b.id),
    )
  const ofQuery = ({ state, node }: IncidentQuery) =>
    newestFirst().filter(
      (incident) =>
        (state === undefined || incident.state === state) &&
        (node === undefined || incident.affected.nodes.includes(node)),
    )
  const keepDeliveries = ({ saved, merged }: KeptDeliveries) => {
    for (const { channel, notice } of merged) deliveries.delete(`${channel} ${notice.key}`)
    for (const delivery of saved) deliveries.set(`${delivery.channel} ${delivery.notice.key}`, delivery)
  }

  return {
    listIncidents: async ({ limit, ...asked } = {}) => ofQuery(asked).slice(0, limit),
    countIncidents: async (asked) => ofQuery(asked).length,
    findIncident: async (id) => incidents.get(id),
    listChanges: async (limit) => [...changes.values()].toReversed().slice(0, limit),
    listDeliveries: async (limit) => [...deliveries.values()].toReversed().slice(0, limit),
    listAudit: async (limit) => audit.toReversed().slice(0, limit),
    saveDeliveries: async (saved) => keepDeliveries(structuredClone(saved)),
    appendAudit: async (entry) => void audit.push(structuredClone(entry)),
    async saveRound(round) {
      const saved = structuredClone(round)
      for (const incident of saved.incidents) incidents.set(incident.id, incident)
      for (const change of saved.changes) if (!changes.has(change.key)) changes.set(change.key, change)
      keepDeliveries(saved.deliveries)
      for (const change of saved.nodes) nodes.set(change.name, changedNode(nodes.get(change.name), change))
      for (const name of saved.forgottenNodes) nodes.delete(name)
      const troubles = { ...telling.troubles, ...saved.telling.troubles }
      for (const key of saved.telling.forgotten) delete troubles[key]
      telling = { troubles, storm: saved.telling.storm ?? telling.storm }
    },
    restore: async () =>
      structuredClone({
        nodes: [...nodes.values()].toSorted((a, b) => a.name.localeCompare(b.name)),
        open: newestFirst().filter(({ state }) => state === 'open'),
        telling,
        waiting: [...deliveries.values()].filter(({ state }) => state === 'waiting'),
      }),
    async close() {},
  }
}

function changedNode(before: KeptNode | undefined, change: KeptNodeChange): KeptNode {
  const { name, state, images, facts, history } = change
  const nothing = { observedAt: 0, settledAt: null, shortage: null, imageNames: {}, images: null }
  const known = new Map((before?.facts ?? []).map((fact) => [factKey(fact), fact]))
  for (const key of facts?.forgotten ?? []) known.delete(key)
  for (const fact of facts?.saved ?? []) known.set(factKey(fact), fact)
  const readings = new Map<number, FilesystemReading>()
  for (const reading of before?.history ?? [])
    if (history?.replacesFrom === undefined || reading.at < history.replacesFrom)
      readings.set(reading.at, reading)
  for (const reading of history?.added ?? []) if (!readings.has(reading.at)) readings.set(reading.at, reading)
  return {
    ...nothing,
    ...before,
    ...state,
    ...(images ? { images } : {}),
    name,
    facts: [...known.values()].toSorted((a, b) => a.order - b.order),
    history: [...readings.values()].toSorted((a, b) => a.at - b.at),
  }
}
