import { Kysely, SqliteDialect, sql } from 'kysely'
import Database from 'libsql'
import { coded } from '../../../core/errors/kubepatrol-error.ts'
import type { Incident } from '../../../core/incident/incident.ts'
import type { IncidentStore } from '../../../core/keep/incident-store.ts'
import type { IncidentChange } from '../../../core/tell/incident-change.ts'
import { migrate, type Tables } from './schema.ts'

/** How much is kept at most, so that the store never fills a disk. */
export interface Retention {
  resolvedIncidents: number
  changes: number
}

const DEFAULT_RETENTION: Retention = { resolvedIncidents: 1000, changes: 10_000 }

/**
 * Keeps incidents in an SQLite file; `:memory:` keeps them for the life of the process.
 * @throws {KubepatrolError} KP_STORE_UNUSABLE when the file cannot be opened or is no store; so does every method
 * when it can no longer be used.
 */
export async function openSqliteStore(path: string, retention = DEFAULT_RETENTION): Promise<IncidentStore> {
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (cause) {
      throw coded('KP_STORE_UNUSABLE', { path, reason: (cause as Error).message }, cause)
    }
  }
  const database = await attempt(() => connect(path))
  /** All of it or nothing, also when the process is killed. */
  const change = (work: (transaction: Kysely<Tables>) => Promise<void>) =>
    attempt(() => database.transaction().execute(work))
  return {
    saveIncidents: (incidents) =>
      change(async (transaction) => {
        for (const incident of incidents) await replace(transaction, incident)
        await forgetOldestIncidents(transaction, retention.resolvedIncidents)
      }),
    listIncidents: () =>
      attempt(async () => {
        const rows = await database
          .selectFrom('incidents')
          .select('body')
          .orderBy(sql`opened_at is null`)
          .orderBy('opened_at', 'desc')
          .orderBy('id')
          .execute()
        return rows.map(({ body }) => JSON.parse(body) as Incident)
      }),
    recordChange: (told) =>
      change(async (transaction) => {
        await transaction
          .insertInto('changes')
          .values({ key: told.key, at: told.at, body: JSON.stringify(told) })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .execute()
        await forgetOldestChanges(transaction, retention.changes)
      }),
    listChanges: (limit) =>
      attempt(async () => {
        const rows = await database
          .selectFrom('changes')
          .select('body')
          .orderBy('sequence', 'desc')
          .limit(limit)
          .execute()
        return rows.map(({ body }) => JSON.parse(body) as IncidentChange)
      }),
    close: () => database.destroy(),
  }
}

async function connect(path: string): Promise<Kysely<Tables>> {
  const connection = new Database(path)
  try {
    connection.pragma('journal_mode = WAL')
    connection.pragma('busy_timeout = 5000')
    const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) })
    await migrate(database)
    return database
  } catch (cause) {
    connection.close()
    throw cause
  }
}

async function replace(database: Kysely<Tables>, incident: Incident): Promise<void> {
  const { id, openedAt: opened_at, state } = incident
  const row = { id, opened_at, state, body: JSON.stringify(incident) }
  await database
    .insertInto('incidents')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

async function forgetOldestIncidents(database: Kysely<Tables>, kept: number): Promise<void> {
  const newest = database
    .selectFrom('incidents')
    .select('id')
    .where('state', '=', 'resolved')
    .orderBy('opened_at', 'desc')
    .limit(kept)
  await database
    .deleteFrom('incidents')
    .where('state', '=', 'resolved')
    .where('id', 'not in', newest)
    .execute()
}

async function forgetOldestChanges(database: Kysely<Tables>, kept: number): Promise<void> {
  await database
    .deleteFrom('changes')
    .where('sequence', '<=', ({ selectFrom }) =>
      selectFrom('changes').select(sql<number>`max(sequence) - ${kept}`.as('oldest')),
    )
    .execute()
}
