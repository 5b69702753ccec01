import type { Kysely } from 'kysely'
import type { KeptNode, KeptNodeChange } from '../../../core/keep/kept-node.ts'
import { factKey } from '../../../core/keep/kept-node.ts'
import type { FoldedFact } from '../../../core/explain/facts/fact.ts'
import type { FilesystemReading } from '../../../core/observe/observation.ts'
import type { Tables } from './schema.ts'

const ROWS_AT_ONCE = 500

/** Writes what is new of nodes, and forgets readings from before an instant. */
export async function saveNodes(
  database: Kysely<Tables>,
  nodes: readonly KeptNodeChange[],
  keepsHistoryFor: number,
): Promise<void> {
  const states = nodes.flatMap(({ name, state }) => (state ? { name, body: JSON.stringify(state) } : []))
  for (const rows of inPieces(states)) {
    await database
      .insertInto('nodes')
      .values(rows)
      .onConflict((known) => known.column('name').doUpdateSet(({ ref }) => ({ body: ref('excluded.body') })))
      .execute()
  }
  await saveImages(database, nodes)
  const facts = nodes.flatMap(({ name: node, facts: changed }) =>
    (changed?.saved ?? []).map((fact) => ({ node, key: factKey(fact), body: JSON.stringify(fact) })),
  )
  for (const { name, facts: changed, history } of nodes) {
    if (changed && changed.forgotten.length > 0) {
      await database
        .deleteFrom('node_facts')
        .where('node', '=', name)
        .where('key', 'in', [...changed.forgotten])
        .execute()
    }
    if (history?.replacesFrom !== undefined) {
      const from = Math.max(history.replacesFrom, Number.MIN_SAFE_INTEGER)
      await database.deleteFrom('node_history').where('node', '=', name).where('at', '>=', from).execute()
    }
  }
  for (const rows of inPieces(facts)) {
    await database
      .insertInto('node_facts')
      .values(rows)
      .onConflict((known) =>
        known.columns(['node', 'key']).doUpdateSet(({ ref }) => ({ body: ref('excluded.body') })),
      )
      .execute()
  }
  await saveHistory(database, nodes, keepsHistoryFor)
}

async function saveImages(database: Kysely<Tables>, nodes: readonly KeptNodeChange[]): Promise<void> {
  const lists = nodes.flatMap(({ name: node, images }) =>
    images ? { node, body: JSON.stringify(images) } : [],
  )
  for (const rows of inPieces(lists)) {
    await database
      .insertInto('node_images')
      .values(rows)
      .onConflict((known) => known.column('node').doUpdateSet(({ ref }) => ({ body: ref('excluded.body') })))
      .execute()
  }
}

async function saveHistory(
  database: Kysely<Tables>,
  nodes: readonly KeptNodeChange[],
  keepsFor: number,
): Promise<void> {
  const readings = nodes.flatMap(({ name, history }) => (history?.added ?? []).map(historyRow(name)))
  if (readings.length === 0) return
  for (const rows of inPieces(readings)) {
    await database
      .insertInto('node_history')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['node', 'at']).doNothing())
      .execute()
  }
  const latest = Math.max(...readings.map(({ at }) => at))
  await database
    .deleteFrom('node_history')
    .where('at', '<', latest - keepsFor)
    .execute()
}

/** Forgets nodes that are gone. */
export async function forgetNodes(database: Kysely<Tables>, names: readonly string[]): Promise<void> {
  for (const gone of inPieces(names)) {
    await database.deleteFrom('nodes').where('name', 'in', gone).execute()
    await database.deleteFrom('node_images').where('node', 'in', gone).execute()
    await database.deleteFrom('node_facts').where('node', 'in', gone).execute()
    await database.deleteFrom('node_history').where('node', 'in', gone).execute()
  }
}

/** All nodes, with what is kept of each. */
export async function readNodes(database: Kysely<Tables>): Promise<KeptNode[]> {
  const nodes = await database.selectFrom('nodes').selectAll().orderBy('name').execute()
  const images = groupByNode(await database.selectFrom('node_images').selectAll().execute())
  const facts = groupByNode(await database.selectFrom('node_facts').selectAll().execute())
  const history = groupByNode(
    await database.selectFrom('node_history').selectAll().orderBy('node').orderBy('at').execute(),
  )
  return nodes.map(({ name, body }) => ({
    ...(JSON.parse(body) as Omit<KeptNode, 'name' | 'images' | 'facts' | 'history'>),
    name,
    images: JSON.parse(images.get(name)?.[0]?.body ?? 'null') as KeptNode['images'],
    facts: (facts.get(name) ?? [])
      .map((row) => JSON.parse(row.body) as FoldedFact)
      .toSorted((a, b) => a.order - b.order),
    history: (history.get(name) ?? []).map(reading),
  }))
}

function historyRow(node: string) {
  return ({ at, capacityBytes, availableBytes, usedBytes, inodes, inodesFree }: FilesystemReading) => ({
    node,
    at,
    capacity_bytes: capacityBytes,
    available_bytes: availableBytes,
    used_bytes: usedBytes,
    inodes,
    inodes_free: inodesFree,
  })
}

function reading(row: Tables['node_history']): FilesystemReading {
  return {
    at: row.at,
    capacityBytes: row.capacity_bytes,
    availableBytes: row.available_bytes,
    usedBytes: row.used_bytes,
    inodes: row.inodes,
    inodesFree: row.inodes_free,
  }
}

function groupByNode<Row extends { node: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.node)
    if (group) group.push(row)
    else groups.set(row.node, [row])
  }
  return groups
}

function inPieces<Item>(items: readonly Item[]): Item[][] {
  const pieces: Item[][] = []
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE)
    pieces.push(items.slice(start, start + ROWS_AT_ONCE))
  return pieces
}
