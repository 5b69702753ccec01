import { sql, type Kysely } from 'kysely'
import type { Incident } from '../../../core/incident/incident.ts'
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
  }
  if (incidents.some(({ state }) => state === 'resolved')) await forgetOldest(database, resolvedKept)
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

/** Newest first. */
export async function readIncidents(
  database: Kysely<Tables>,
  state?: Incident['state'],
): Promise<Incident[]> {
  const all = database.selectFrom('incidents').select('body')
  const rows = await (state === undefined ? all : all.where('state', '=', state))
    .orderBy(sql`opened_at is null`)
    .orderBy('opened_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(({ body }) => JSON.parse(body) as Incident)
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
