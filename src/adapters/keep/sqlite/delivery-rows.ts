import { sql, type Kysely } from 'kysely'
import type { KeptDeliveries } from '../../../core/keep/incident-store.ts'
import type { Delivery } from '../../../core/tell/delivery.ts'
import type { Tables } from './schema.ts'

/** Inserts or replaces deliveries, and keeps all that wait and at most so many others. */
export async function saveDeliveries(
  database: Kysely<Tables>,
  { saved, merged }: KeptDeliveries,
  kept: number,
): Promise<void> {
  for (const { channel, notice } of merged) {
    await database
      .deleteFrom('deliveries')
      .where('channel', '=', channel)
      .where('key', '=', notice.key)
      .execute()
  }
  for (const delivery of saved) {
    const { channel, notice, state } = delivery
    const body = JSON.stringify(delivery)
    await database
      .insertInto('deliveries')
      .values({ channel, key: notice.key, state, body })
      .onConflict((conflict) => conflict.columns(['channel', 'key']).doUpdateSet({ state, body }))
      .execute()
  }
  if (saved.some(({ state }) => state !== 'waiting')) await forgetOldest(database, kept)
}

async function forgetOldest(database: Kysely<Tables>, kept: number): Promise<void> {
  await database
    .deleteFrom('deliveries')
    .where('state', '!=', 'waiting')
    .where('sequence', '<=', ({ selectFrom }) =>
      selectFrom('deliveries').select(sql<number>`max(sequence) - ${kept}`.as('oldest')),
    )
    .execute()
}

/** The latest ones, newest first. */
export async function readDeliveries(database: Kysely<Tables>, limit: number): Promise<Delivery[]> {
  const rows = await database
    .selectFrom('deliveries')
    .select('body')
    .orderBy('sequence', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ body }) => JSON.parse(body) as Delivery)
}

/** Those that are yet to be made, in order. */
export async function readWaiting(database: Kysely<Tables>): Promise<Delivery[]> {
  const rows = await database
    .selectFrom('deliveries')
    .select('body')
    .where('state', '=', 'waiting')
    .orderBy('sequence')
    .execute()
  return rows.map(({ body }) => JSON.parse(body) as Delivery)
}
