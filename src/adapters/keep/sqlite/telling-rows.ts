import type { Kysely } from 'kysely'
import type { KeptTelling } from '../../../core/keep/incident-store.ts'
import { nothingTold, type TellingMemory } from '../../../core/tell/plan-telling.ts'
import type { Storm } from '../../../core/tell/storm.ts'
import type { Trouble } from '../../../core/tell/trouble.ts'
import type { Tables } from './schema.ts'

const STORM = 'storm'
const TROUBLE = 'trouble/'

/** Writes what telling remembers, as far as it changed. */
export async function saveTelling(database: Kysely<Tables>, telling: KeptTelling): Promise<void> {
  const { troubles, forgotten, storm } = telling
  for (const key of forgotten) {
    await database
      .deleteFrom('telling')
      .where('key', '=', TROUBLE + key)
      .execute()
  }
  const rows: [string, Trouble | Storm][] = Object.entries(troubles).map(([key, trouble]) => [
    TROUBLE + key,
    trouble,
  ])
  if (storm) rows.push([STORM, storm])
  for (const [key, value] of rows) {
    const body = JSON.stringify(value)
    await database
      .insertInto('telling')
      .values({ key, body })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ body }))
      .execute()
  }
}

/** All that telling remembers. */
export async function readTelling(database: Kysely<Tables>): Promise<TellingMemory> {
  const rows = await database.selectFrom('telling').selectAll().execute()
  const storm = rows.find(({ key }) => key === STORM)
  const troubles = rows
    .filter(({ key }) => key.startsWith(TROUBLE))
    .map(({ key, body }) => [key.slice(TROUBLE.length), JSON.parse(body) as Trouble] as const)
  return {
    troubles: Object.fromEntries(troubles),
    storm: storm ? (JSON.parse(storm.body) as Storm) : nothingTold.storm,
  }
}
