import { sql, type Kysely } from 'kysely'
import type { AuditEntry } from '../../../core/keep/audit.ts'
import type { Tables } from './schema.ts'

/** Appends an entry, and keeps at most so many. */
export async function saveAudit(database: Kysely<Tables>, entry: AuditEntry, kept: number): Promise<void> {
  await database
    .insertInto('audit')
    .values({ at: entry.at, body: JSON.stringify(entry) })
    .execute()
  await database
    .deleteFrom('audit')
    .where('sequence', '<=', ({ selectFrom }) =>
      selectFrom('audit').select(sql<number>`max(sequence) - ${kept}`.as('oldest')),
    )
    .execute()
}

/** Newest first. */
export async function readAudit(database: Kysely<Tables>, limit: number): Promise<AuditEntry[]> {
  const rows = await database
    .selectFrom('audit')
    .select('body')
    .orderBy('sequence', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ body }) => JSON.parse(body) as AuditEntry)
}
