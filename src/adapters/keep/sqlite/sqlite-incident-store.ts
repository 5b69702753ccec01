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
 * @throws {KubepatrolError} KP_STORE_UNUSABLE when the file cannot be opened or is no store.
 */
export async function openSqliteStore(path: string, retention = DEFAULT_RETENTION): Promise<IncidentStore> {
  let database: Kysely<Tables>
  try {
    const connection = new Database(path)
    connection.pragma('journal_mode = WAL')
    connection.pragma('busy_timeout = 5000')
    database = new Kysely<Tables>({
      dialect: new SqliteDialect({ database: connection }),
    })
    await migrate(database)
  } catch (cause) {
    throw coded('KP_STORE_UNUSABLE', { path, reason: (cause as Error).message }, cause)
  }
  return {
    async saveIncidents(incidents) {
      for (const incident of incidents) {
        const row = {
          id: incident.id,
          opened_at: incident.openedAt,
          state: incident.state,
          body: JSON.stringify(incident),
        }
        await database
          .insertInto('incidents')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute()
      }
      await forgetOldest(database, retention.resolvedIncidents)
    },
    async listIncidents() {
      const rows = await database
        .selectFrom('incidents')
        .select('body')
        .orderBy(sql`opened_at is null`)
        .orderBy('opened_at', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(({ body }) => JSON.parse(body) as Incident)
    },
    async recordChange(change) {
      await database
        .insertInto('changes')
        .values({ key: change.key, at: change.at, body: JSON.stringify(change) })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .execute()
      await database
        .deleteFrom('changes')
        .where('sequence', '<=', ({ selectFrom }) =>
          selectFrom('changes').select(sql<number>`max(sequence) - ${retention.changes}`.as('oldest')),
        )
        .execute()
    },
    async listChanges(limit) {
      const rows = await database
        .selectFrom('changes')
        .select('body')
        .orderBy('sequence', 'desc')
        .limit(limit)
        .execute()
      return rows.map(({ body }) => JSON.parse(body) as IncidentChange)
    },
    async close() {
      await database.destroy()
    },
  }
}

async function forgetOldest(database: Kysely<Tables>, kept: number): Promise<void> {
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
