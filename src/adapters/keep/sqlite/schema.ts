import { sql, type Generated, type Kysely } from 'kysely'

/** The tables of the store. Bodies are JSON; the other columns are what is asked and sorted by. */
export interface Tables {
  schema_version: { version: number }
  incidents: { id: string; opened_at: number | null; state: string; body: string }
  incident_nodes: { node: string; id: string }
  changes: { sequence: Generated<number>; key: string; at: number; body: string }
  deliveries: { sequence: Generated<number>; channel: string; key: string; state: string; body: string }
  nodes: { name: string; body: string }
  node_images: { node: string; body: string }
  node_facts: { node: string; key: string; body: string }
  node_history: {
    node: string
    at: number
    capacity_bytes: number
    available_bytes: number
    used_bytes: number
    inodes: number
    inodes_free: number
  }
  telling: { key: string; body: string }
  audit: { sequence: Generated<number>; at: number; body: string }
}

type Migration = (database: Kysely<Tables>) => Promise<void>

const OUTBOX_MEMORY_AUDIT = [
  `create table deliveries (
    sequence integer primary key autoincrement,
    channel text not null, key text not null, state text not null, body text not null,
    unique (channel, key)
  )`,
  'create index deliveries_by_state on deliveries (state, sequence)',
  'create table nodes (name text primary key, body text not null)',
  `create table node_facts (
    node text not null, key text not null, body text not null, primary key (node, key)
  ) without rowid`,
  `create table node_history (
    node text not null, at real not null,
    capacity_bytes real not null, available_bytes real not null, used_bytes real not null,
    inodes real not null, inodes_free real not null, primary key (node, at)
  ) without rowid`,
  'create table telling (key text primary key, body text not null)',
  'create table audit (sequence integer primary key autoincrement, at real not null, body text not null)',
]

const INCIDENTS_BY_NODE = [
  `create table incident_nodes (
    node text not null, id text not null, primary key (node, id)
  ) without rowid`,
  `insert or ignore into incident_nodes
    select value, incidents.id from incidents, json_each(incidents.body, '$.affected.nodes')`,
  'create index incident_nodes_by_id on incident_nodes (id)',
  'create index incidents_by_instant on incidents (opened_at desc, id)',
]

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
  async (database) => {
    for (const statement of OUTBOX_MEMORY_AUDIT) await sql.raw(statement).execute(database)
  },
  async (database) => {
    await sql`create table node_images (node text primary key, body text not null)`.execute(database)
  },
  async (database) => {
    for (const statement of INCIDENTS_BY_NODE) await sql.raw(statement).execute(database)
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
