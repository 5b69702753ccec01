import { sql, type Generated, type Kysely } from 'kysely'

/** The tables of the store. Bodies are JSON; the other columns are what is asked and sorted by. */
export interface Tables {
  schema_version: { version: number }
  incidents: { id: string; opened_at: number | null; state: string; body: string }
  changes: { sequence: Generated<number>; key: string; at: number; body: string }
}

type Migration = (database: Kysely<Tables>) => Promise<void>

/** Every change ever made to the schema, in order; one that was released is never edited. */
const MIGRATIONS: readonly Migration[] = [
  async (database) => {
    await database.schema
      .createTable('incidents')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('opened_at', 'real')
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute()
    await database.schema
      .createTable('changes')
      .addColumn('sequence', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('key', 'text', (column) => column.notNull().unique())
      .addColumn('at', 'real', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .execute()
  },
]

/** Brings a database to the newest schema. @throws when a newer version has made it */
export async function migrate(database: Kysely<Tables>): Promise<void> {
  await sql`create table if not exists schema_version (version integer not null)`.execute(database)
  const row = await database.selectFrom('schema_version').select('version').executeTakeFirst()
  const version = row?.version ?? 0
  if (version > MIGRATIONS.length) throw new Error('a newer kubepatrol made it')
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < version) continue
    await database.transaction().execute(async (transaction) => {
      await migration(transaction)
      await transaction.deleteFrom('schema_version').execute()
      await transaction
        .insertInto('schema_version')
        .values({ version: index + 1 })
        .execute()
    })
  }
}
