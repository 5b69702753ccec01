import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'libsql'
import { afterEach, describe, expect, it } from 'vitest'
import { openSqliteStore } from '../../src/adapters/keep/sqlite/sqlite-incident-store.ts'
import { KubepatrolError } from '../../src/core/errors/kubepatrol-error.ts'
import type { Incident } from '../../src/core/incident/incident.ts'
import type { PatrolStore } from '../../src/core/keep/incident-store.ts'
import { factKey } from '../../src/core/keep/kept-node.ts'
import { message } from '../../src/core/messages/message.ts'
import type { IncidentChange } from '../../src/core/tell/incident-change.ts'
import { nothingTold } from '../../src/core/tell/plan-telling.ts'
import { aDelivery, aFact, aNotice, aReading, aRound, aTrouble } from './a-round.ts'
import { anIncident } from './an-incident.ts'
import { memoryIncidentStore } from './memory-incident-store.ts'

const folders: string[] = []
async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'kubepatrol-store-'))
  folders.push(made)
  return made
}
afterEach(async () => {
  for (const made of folders.splice(0)) await rm(made, { recursive: true })
})

const incident = (id: string, openedAt: number | null, state: Incident['state'] = 'open') =>
  anIncident(id, openedAt, { state })
const change = (key: string, at: number): IncidentChange => ({
  key,
  kind: 'opened',
  at,
  incident: incident('a', at),
  news: [],
})

const saveIncidents = (store: PatrolStore, incidents: readonly Incident[]) =>
  store.saveRound(aRound({ incidents }))
const saveChange = (store: PatrolStore, ...changes: readonly IncidentChange[]) =>
  store.saveRound(aRound({ changes }))

const implementations: [string, () => Promise<PatrolStore>][] = [
  ['memory (the fake)', async () => memoryIncidentStore()],
  ['sqlite in memory', () => openSqliteStore(':memory:')],
  ['sqlite in a file', async () => openSqliteStore(path.join(await folder(), 'store.db'))],
]

describe.each(implementations)('incident store: %s', (_, open) => {
  it('gives back what it was given', async () => {
    const store = await open()
    await saveIncidents(store, [incident('a', 1.5)])
    expect(await store.listIncidents()).toEqual([incident('a', 1.5)])
    await store.close()
  })

  it('gives back a big incident, whatever its text, and keeps its own copy', async () => {
    const store = await open()
    const pods = Array.from({ length: 20_000 }, (__, index) => `命名空间/pod-'"\u0000-${index}`)
    const big = incident('big', 1)
    const saved = { ...big, affected: { ...big.affected, pods: [...pods] } }
    await saveIncidents(store, [saved])
    saved.affected.pods.length = 0
    expect((await store.listIncidents())[0]?.affected.pods).toEqual(pods)
    await store.close()
  })

  it('takes nothing to save', async () => {
    const store = await open()
    await saveIncidents(store, [])
    expect(await store.listIncidents()).toEqual([])
    expect(await store.listChanges(5)).toEqual([])
    await store.close()
  })

  it('replaces an incident of the same id', async () => {
    const store = await open()
    await saveIncidents(store, [incident('a', 1)])
    await saveIncidents(store, [incident('a', 1, 'resolved')])
    expect(await store.listIncidents()).toEqual([incident('a', 1, 'resolved')])
    await store.close()
  })

  it('lists the newest first, those without an instant last', async () => {
    const store = await open()
    await saveIncidents(store, [
      incident('old', 1),
      incident('none', null),
      incident('new', 2),
      incident('also-new', 2),
    ])
    expect((await store.listIncidents()).map(({ id }) => id)).toEqual(['also-new', 'new', 'old', 'none'])
    await store.close()
  })

  it('finds incidents by state, node and id, and counts them', async () => {
    const store = await open()
    const on = (nodes: string[]) => ({ affected: { images: [], pods: [], volumes: [], nodes } })
    await saveIncidents(store, [
      anIncident('a', 1, on(['n1'])),
      anIncident('b', 2, { state: 'resolved', ...on(['n1', 'n1']) }),
      anIncident('c', 3, on(['n1', 'n2'])),
      anIncident('d', 4, on([])),
    ])
    await saveIncidents(store, [anIncident('c', 3, on(['n2']))])
    const ids = async (asked: Parameters<PatrolStore['listIncidents']>[0]) =>
      (await store.listIncidents(asked)).map(({ id }) => id)
    expect(await ids({ state: 'open' })).toEqual(['d', 'c', 'a'])
    expect(await ids({ node: 'n1' })).toEqual(['b', 'a'])
    expect(await ids({ node: 'n1', state: 'open' })).toEqual(['a'])
    expect(await ids({ limit: 2 })).toEqual(['d', 'c'])
    expect(await store.countIncidents({})).toBe(4)
    expect(await store.countIncidents({ node: 'n2', state: 'open' })).toBe(1)
    expect(await store.findIncident('b')).toMatchObject({ state: 'resolved' })
    expect(await store.findIncident('none')).toBeUndefined()
    await store.close()
  })

  it('remembers a change once, and lists the newest first', async () => {
    const store = await open()
    await saveChange(store, change('one', 1))
    await saveChange(store, change('two', 2))
    await saveChange(store, change('one', 3))
    expect((await store.listChanges(10)).map(({ key, at }) => [key, at])).toEqual([
      ['two', 2],
      ['one', 1],
    ])
    expect(await store.listChanges(1)).toHaveLength(1)
    await store.close()
  })

  it('goes on with deliveries that wait, in the order in which they came, whatever became of others', async () => {
    const store = await open()
    const [one, two, three] = [aDelivery('one'), aDelivery('two'), aDelivery('three')]
    await store.saveRound(aRound({ deliveries: { saved: [one, two, three], merged: [] } }))
    const failure = message('tell.over')
    const tried = { ...one, attempts: 1, failure }
    await store.saveDeliveries({ saved: [{ ...two, state: 'delivered', deliveredAt: 5 }, tried], merged: [] })
    expect((await store.restore()).waiting).toEqual([tried, three])
    expect((await store.listDeliveries(2)).map(({ notice, state }) => [notice.key, state])).toEqual([
      ['three', 'waiting'],
      ['two', 'delivered'],
    ])
    await store.close()
  })

  it('keeps one delivery for those that were merged, and tells channels apart', async () => {
    const store = await open()
    const [one, two, other] = [aDelivery('one'), aDelivery('two'), aDelivery('one', { channel: 'other' })]
    await store.saveDeliveries({ saved: [one, two, other], merged: [] })
    const merged = { ...two, notice: { ...two.notice, covers: ['one'] } }
    await store.saveDeliveries({ saved: [merged], merged: [one] })
    expect((await store.restore()).waiting).toEqual([merged, other])
    await store.close()
  })

  it('goes on with what it remembers of nodes', async () => {
    const store = await open()
    const state = { observedAt: 1, settledAt: null, shortage: null, imageNames: { 'sha256:a': ['a:1'] } }
    const [a, b] = [aFact('a', 1), aFact('b', 2)]
    const readings = [1, 2, 3].map((at) => aReading(at))
    const first = { name: 'n1', state, facts: { saved: [b, a], forgotten: [] }, history: { added: readings } }
    const listed = (name: string) => ({ value: [{ names: [name] }], source: 'test', observedAt: 1 })
    const images = listed('a:1')
    await store.saveRound(
      aRound({
        nodes: [
          { ...first, images },
          { ...first, images, name: 'gone' },
        ],
      }),
    )
    const again = { ...a, count: 2 }
    const nodes = [
      { name: 'n1', facts: { saved: [again], forgotten: [factKey(b)] } },
      { name: 'n1', history: { added: [aReading(3)], replacesFrom: 2 } },
      { name: 'n1', state: { ...state, settledAt: 7 } },
      { name: 'n1', images: listed('b:1') },
      { name: 'n2', state },
    ]
    await store.saveRound(aRound({ nodes, forgottenNodes: ['gone'] }))
    expect((await store.restore()).nodes).toEqual([
      {
        ...state,
        name: 'n1',
        settledAt: 7,
        images: listed('b:1'),
        facts: [again],
        history: [readings[0], readings[2]],
      },
      { ...state, name: 'n2', images: null, facts: [], history: [] },
    ])
    await store.close()
  })

  it('goes on with what is open and what was told of it', async () => {
    const store = await open()
    const storm = { single: [{ thread: 'a', at: 1 }], waiting: [aNotice('w')], groupedAt: 1 }
    const troubles = { a: aTrouble('a'), b: aTrouble('b') }
    const incidents = [incident('open', 1), incident('over', 2, 'resolved')]
    await store.saveRound(aRound({ incidents, telling: { troubles, forgotten: [], storm } }))
    await store.saveRound(aRound({ telling: { troubles: {}, forgotten: ['a'], storm: null } }))
    const { open: left, telling } = await store.restore()
    expect(left).toEqual([incident('open', 1)])
    expect(telling).toEqual({ troubles: { b: aTrouble('b') }, storm })
    await store.close()
  })

  it('has nothing to go on with at first', async () => {
    const store = await open()
    expect(await store.restore()).toEqual({ nodes: [], open: [], telling: nothingTold, waiting: [] })
    await store.close()
  })

  it('appends who did what, and lists the newest first', async () => {
    const store = await open()
    const entry = (target: string) => ({
      at: 1,
      actor: 'ops',
      action: 'notify-test',
      target,
      detail: { delivered: true, error: null },
    })
    await store.appendAudit(entry('first'))
    await store.appendAudit(entry('second'))
    expect(await store.listAudit(9)).toEqual([entry('second'), entry('first')])
    expect(await store.listAudit(1)).toEqual([entry('second')])
    await store.close()
  })
})

const FIRST_VERSION = `
  create table schema_version (version integer not null);
  insert into schema_version values (1);
  create table incidents (id text primary key, opened_at real, state text not null, body text not null);
  create table changes (
    sequence integer primary key autoincrement, key text not null unique, at real not null, body text not null
  );
`

describe('sqlite store', () => {
  it('still has everything when it is opened again', async () => {
    const file = path.join(await folder(), 'store.db')
    const first = await openSqliteStore(file)
    await saveIncidents(first, [incident('a', 1)])
    await saveChange(first, change('one', 1))
    await first.close()
    const second = await openSqliteStore(file)
    expect(await second.listIncidents()).toHaveLength(1)
    expect(await second.listChanges(9)).toHaveLength(1)
    await second.close()
  })

  it('has lost nothing when the process is killed', async () => {
    const place = await folder()
    const first = await openSqliteStore(path.join(place, 'store.db'))
    await saveIncidents(first, [incident('a', 1), incident('b', 2)])
    await saveChange(first, change('one', 1))
    // What lies on the disk before anything is closed is what a killed process leaves.
    const left = path.join(await folder(), 'left')
    await cp(place, left, { recursive: true })
    await first.close()
    const second = await openSqliteStore(path.join(left, 'store.db'))
    expect((await second.listIncidents()).map(({ id }) => id)).toEqual(['b', 'a'])
    expect(await second.listChanges(9)).toHaveLength(1)
    await second.close()
  })

  it('saves all incidents of a round or none', async () => {
    const store = await openSqliteStore(':memory:')
    const unsavable = { ...incident('b', 2), openedAt: 1n as unknown as number }
    const failure = await saveIncidents(store, [incident('a', 1), unsavable]).catch((cause: unknown) => cause)
    expect(failure).toMatchObject({ code: 'KP_STORE_UNUSABLE' })
    expect(await store.listIncidents()).toEqual([])
    await store.close()
  })

  it('says so when it can no longer be used', async () => {
    const store = await openSqliteStore(':memory:')
    await store.close()
    for (const used of [() => store.listIncidents(), () => saveChange(store, change('one', 1))]) {
      await expect(used()).rejects.toMatchObject({ code: 'KP_STORE_UNUSABLE' })
    }
  })

  it('leaves a file alone that a newer version made', async () => {
    const file = path.join(await folder(), 'store.db')
    const database = new Database(file)
    database.exec('create table schema_version (version integer not null)')
    database.exec('insert into schema_version values (99)')
    database.close()
    await expect(openSqliteStore(file)).rejects.toMatchObject({ code: 'KP_STORE_UNUSABLE' })
  })

  it('brings a file of the first version up to date, with all that is in it', async () => {
    const file = path.join(await folder(), 'store.db')
    const old = new Database(file)
    old.exec(FIRST_VERSION)
    old
      .prepare('insert into incidents values (?, 1, ?, ?)')
      .run('a', 'open', JSON.stringify(incident('a', 1)))
    old.close()
    const store = await openSqliteStore(file)
    expect((await store.restore()).open).toEqual([incident('a', 1)])
    expect(await store.listIncidents({ node: 'n1' })).toEqual([incident('a', 1)])
    await store.saveDeliveries({ saved: [aDelivery('one')], merged: [] })
    await store.close()
  })

  it('says that another process holds it, and goes on once that let go', async () => {
    const file = path.join(await folder(), 'store.db')
    const store = await openSqliteStore(file)
    const other = new Database(file)
    other.exec('begin immediate')
    await expect(saveChange(store, change('one', 1))).rejects.toMatchObject({ code: 'KP_STORE_LOCKED' })
    other.exec('rollback')
    other.close()
    await saveChange(store, change('one', 1))
    expect(await store.listChanges(9)).toHaveLength(1)
    await store.close()
  })

  it('says that there is no space left, keeps what it had, and goes on once there is', async () => {
    const file = path.join(await folder(), 'store.db')
    const store = await openSqliteStore(file, {}, { mostPages: 30 })
    await saveIncidents(store, [incident('a', 1)])
    const big = { ...incident('big', 2), id: 'x'.repeat(500_000) }
    await expect(saveIncidents(store, [big])).rejects.toMatchObject({ code: 'KP_STORE_FULL' })
    await saveIncidents(store, [incident('b', 3)])
    expect((await store.listIncidents()).map(({ id }) => id)).toEqual(['b', 'a'])
    await store.close()
  })

  it('says that it is damaged', async () => {
    const file = path.join(await folder(), 'store.db')
    const first = await openSqliteStore(file)
    await saveIncidents(
      first,
      Array.from({ length: 200 }, (_, index) => incident(`incident-${index}`, index)),
    )
    await first.close()
    const bytes = await readFile(file)
    await writeFile(file, bytes.fill(0x5a, 4096))
    const failure = await openSqliteStore(file)
      .then(async (store) => store.listIncidents().finally(() => store.close()))
      .catch((cause: unknown) => cause)
    expect(failure).toMatchObject({ code: 'KP_STORE_CORRUPT' })
  })

  it('forgets the oldest resolved incidents and changes, never an open incident', async () => {
    const store = await openSqliteStore(':memory:', { resolvedIncidents: 1, changes: 2 })
    await saveIncidents(store, [
      incident('old', 1, 'resolved'),
      incident('new', 3, 'resolved'),
      incident('open', 0),
    ])
    for (const key of ['1', '2', '3']) await saveChange(store, change(key, 1))
    expect((await store.listIncidents()).map(({ id }) => id)).toEqual(['new', 'open'])
    expect((await store.listChanges(9)).map(({ key }) => key)).toEqual(['3', '2'])
    await store.close()
  })

  it.each([
    ['/nowhere/at/all.db', 'KP_STORE_UNUSABLE'],
    ['/', 'KP_STORE_UNUSABLE'],
    ['garbage', 'KP_STORE_CORRUPT'],
  ])('says so when it cannot be used: %s', async (place, code) => {
    let file = place
    if (place === 'garbage') {
      file = path.join(await folder(), 'store.db')
      await writeFile(file, 'this is no database, and long enough to be seen as one'.repeat(100))
    }
    const failure = await openSqliteStore(file).catch((cause: unknown) => cause)
    expect(failure).toBeInstanceOf(KubepatrolError)
    expect((failure as KubepatrolError).code).toBe(code)
  })
})
