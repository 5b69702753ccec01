import { sql, type Kysely } from 'kysely'
import type { Incident } from '../../../core/incident/incident.ts'
import type { IncidentQuery } from '../../../core/keep/incident-store.ts'
import type { IncidentChange } from '../../../core/tell/incident-change.ts'
import type { Tables } from './schema.ts'

/** Inserts or replaces incidents, by id, and keeps at most so many resolved ones. */
export async function saveIncidents(
  database: Kysely<Tables>,
  incidents: readonly Incident[],
  resolvedKept: number,
): Promise<void> {
  for (const incident of incidents) {
    const { id, openedAt: opened_at, state } = incident
    const row = { id, opened_at, state, body: JSON.stringify(incident) }
    await database
      .insertInto('incidents')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
    await saveNodesOf(database, incident)
  }
  if (incidents.some(({ state }) => state === 'resolved')) await forgetOldest(database, resolvedKept)
}

async function saveNodesOf(database: Kysely<Tables>, { id, affected: { nodes } }: Incident): Promise<void> {
  await database.deleteFrom('incident_nodes').where('id', '=', id).execute()
  for (const node of new Set(nodes))
    await database.insertInto('incident_nodes').values({ node, id }).execute()
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
  const left = database.selectFrom('incidents').select('id')
  await database.deleteFrom('incident_nodes').where('id', 'not in', left).execute()
}

/** Newest first, at most so many. */
export async function readIncidents(
  database: Kysely<Tables>,
  { limit, ...asked }: IncidentQuery & { limit?: number } = {},
): Promise<Incident[]> {
  const sorted = incidentsOf(database, asked)
    .select('body')
    // Descending, those without an instant come last.
    .orderBy('opened_at', 'desc')
    .orderBy('id')
  const rows = await (limit === undefined ? sorted : sorted.limit(limit)).execute()
  return rows.map(({ body }) => JSON.parse(body) as Incident)
}

export async function countIncidents(database: Kysely<Tables>, asked: IncidentQuery): Promise<number> {
  const row = await incidentsOf(database, asked)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst()
  return row?.count ?? 0
}

export async function readIncident(database: Kysely<Tables>, id: string): Promise<Incident | undefined> {
  const row = await database.selectFrom('incidents').select('body').where('id', '=', id).executeTakeFirst()
  return row && (JSON.parse(row.body) as Incident)
}

function incidentsOf(database: Kysely<Tables>, { state, node }: IncidentQuery) {
  let asked = database.selectFrom('incidents')
  if (state !== undefined) asked = asked.where('state', '=', state)
  if (node === undefined) return asked
  return asked.where('id', 'in', (inner) =>
    inner.selectFrom('incident_nodes').select('incident_nodes.id').where('node', '=', node),
  )
}

/** Appends changes, each key once, and keeps at most so many. */
export async function saveChanges(
  database: Kysely<Tables>,
  changes: readonly IncidentChange[],
  kept: number,
): Promise<void> {
  for (const change of changes) {
    await database
      .insertInto('changes')
      .values({ key: change.key, at: change.at, body: JSON.stringify(change) })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
  }
  if (changes.length === 0) return
  await database
    .deleteFrom('changes')
    .where('sequence', '<=', ({ selectFrom }) =>
      selectFrom('changes').select(sql<number>`max(sequence) - ${kept}`.as('oldest')),
    )
    .execute()
}

/** Newest first. */
export async function readChanges(database: Kysely<Tables>, limit: number): Promise<IncidentChange[]> {
  const rows = await database
    .selectFrom('changes')
    .select('body')
    .orderBy('sequence', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ body }) => JSON.parse(body) as IncidentChange)
}
