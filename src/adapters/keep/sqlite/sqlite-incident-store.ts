import type { PatrolStore } from '../../../core/keep/incident-store.ts'
import type { Duration } from '../../../core/units/duration.ts'
import { readAudit, saveAudit } from './audit-rows.ts'
import { openConnection, type StoreSize } from './connection.ts'
import { readDeliveries, readWaiting, saveDeliveries } from './delivery-rows.ts'
import {
  countIncidents,
  readChanges,
  readIncident,
  readIncidents,
  saveChanges,
  saveIncidents,
} from './incident-rows.ts'
import { forgetNodes, readNodes, saveNodes } from './node-rows.ts'
import { readTelling, saveTelling } from './telling-rows.ts'

/** How much is kept at most, so that the store never fills a disk. */
export interface Retention {
  resolvedIncidents: number
  changes: number
  /** Beside those that wait. */
  deliveries: number
  auditEntries: number
  history: Duration
}

const DEFAULT_RETENTION: Retention = {
  resolvedIncidents: 1000,
  changes: 10_000,
  deliveries: 10_000,
  auditEntries: 10_000,
  history: 48 * 3_600_000,
}

/**
 * Keeps what a patrol found, told and did in an SQLite file; `:memory:` keeps it for the life of the process.
 * @throws {KubepatrolError} KP_STORE_… when the file cannot be opened or is no store; so does every method
 * when it can no longer be used.
 */
export async function openSqliteStore(
  path: string,
  changedRetention: Partial<Retention> = {},
  size: StoreSize = {},
): Promise<PatrolStore> {
  const retention = { ...DEFAULT_RETENTION, ...changedRetention }
  const { read, change, close } = await openConnection(path, size)
  return {
    listIncidents: (asked) => read((database) => readIncidents(database, asked)),
    countIncidents: (asked) => read((database) => countIncidents(database, asked)),
    findIncident: (id) => read((database) => readIncident(database, id)),
    listChanges: (limit) => read((database) => readChanges(database, limit)),
    listDeliveries: (limit) => read((database) => readDeliveries(database, limit)),
    listAudit: (limit) => read((database) => readAudit(database, limit)),
    saveRound: (round) =>
      change(async (transaction) => {
        await saveIncidents(transaction, round.incidents, retention.resolvedIncidents)
        await saveChanges(transaction, round.changes, retention.changes)
        await saveDeliveries(transaction, round.deliveries, retention.deliveries)
        await saveNodes(transaction, round.nodes, retention.history)
        await forgetNodes(transaction, round.forgottenNodes)
        await saveTelling(transaction, round.telling)
      }),
    saveDeliveries: (deliveries) =>
      change((transaction) => saveDeliveries(transaction, deliveries, retention.deliveries)),
    appendAudit: (entry) => change((transaction) => saveAudit(transaction, entry, retention.auditEntries)),
    restore: () =>
      read(async (database) => ({
        nodes: await readNodes(database),
        open: await readIncidents(database, { state: 'open' }),
        telling: await readTelling(database),
        waiting: await readWaiting(database),
      })),
    close,
  }
}
