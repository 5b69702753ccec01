import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'libsql'
import { afterEach, describe, expect, it } from 'vitest'
import { openSqliteStore } from '../../src/adapters/keep/sqlite/sqlite-incident-store.ts'
import { KubepatrolError } from '../../src/core/errors/kubepatrol-error.ts'
import type { Incident } from '../../src/core/incident/incident.ts'
import type { IncidentStore } from '../../src/core/keep/incident-store.ts'
import type { IncidentChange } from '../../src/core/tell/incident-change.ts'
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

const implementations: [string, () => Promise<IncidentStore>][] = [
  ['memory (the fake)', async () => memoryIncidentStore()],
  ['sqlite in memory', () => openSqliteStore(':memory:')],
  ['sqlite in a file', async () => openSqliteStore(path.join(await folder(), 'store.db'))],
]

describe.each(implementations)('incident store: %s', (_, open) => {
  it('gives back what it was given', async () => {
    const store = await open()
    await store.saveIncidents([incident('a', 1.5)])
    expect(await store.listIncidents()).toEqual([incident('a', 1.5)])
    await store.close()
  })

  it('gives back a big incident, whatever its text, and keeps its own copy', async () => {
    const store = await open()
    const pods = Array.from({ length: 20_000 }, (__, index) => `命名空间/pod-'"\u0000-${index}`)
    const big = incident('big', 1)
    const saved = { ...big, affected: { ...big.affected, pods: [...pods] } }
    await store.saveIncidents([saved])
    saved.affected.pods.length = 0
    expect((await store.listIncidents())[0]?.affected.pods).toEqual(pods)
    await store.close()
  })

  it('takes nothing to save', async () => {
    const store = await open()
    await store.saveIncidents([])
    expect(await store.listIncidents()).toEqual([])
    expect(await store.listChanges(5)).toEqual([])
    await store.close()
  })

  it('replaces an incident of the same id', async () => {
    const store = await open()
    await store.saveIncidents([incident('a', 1)])
    await store.saveIncidents([incident('a', 1, 'resolved')])
    expect(await store.listIncidents()).toEqual([incident('a', 1, 'resolved')])
    await store.close()
  })

  it('lists the newest first, those without an instant last', async () => {
    const store = await open()
    await store.saveIncidents([
      incident('old', 1),
      incident('none', null),
      incident('new', 2),
      incident('also-new', 2),
    ])
    expect((await store.listIncidents()).map(({ id }) => id)).toEqual(['also-new', 'new', 'old', 'none'])
    await store.close()
  })

  it('remembers a change once, and lists the newest first', async () => {
    const store = await open()
    await store.recordChange(change('one', 1))
    await store.recordChange(change('two', 2))
    await store.recordChange(change('one', 3))
    expect((await store.listChanges(10)).map(({ key, at }) => [key, at])).toEqual([
      ['two', 2],
      ['one', 1],
    ])
    expect(await store.listChanges(1)).toHaveLength(1)
    await store.close()
  })
})

describe('sqlite store', () => {
  it('still has everything when it is opened again', async () => {
    const file = path.join(await folder(), 'store.db')
    const first = await openSqliteStore(file)
    await first.saveIncidents([incident('a', 1)])
    await first.recordChange(change('one', 1))
    await first.close()
    const second = await openSqliteStore(file)
    expect(await second.listIncidents()).toHaveLength(1)
    expect(await second.listChanges(9)).toHaveLength(1)
    await second.close()
  })

  it('has lost nothing when the process is killed', async () => {
    const place = await folder()
    const first = await openSqliteStore(path.join(place, 'store.db'))
    await first.saveIncidents([incident('a', 1), incident('b', 2)])
    await first.recordChange(change('one', 1))
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
    const failure = await store.saveIncidents([incident('a', 1), unsavable]).catch((cause: unknown) => cause)
    expect(failure).toMatchObject({ code: 'KP_STORE_UNUSABLE' })
    expect(await store.listIncidents()).toEqual([])
    await store.close()
  })

  it('says so when it can no longer be used', async () => {
    const store = await openSqliteStore(':memory:')
    await store.close()
    for (const used of [() => store.listIncidents(), () => store.recordChange(change('one', 1))]) {
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

  it('forgets the oldest resolved incidents and changes, never an open incident', async () => {
    const store = await openSqliteStore(':memory:', { resolvedIncidents: 1, changes: 2 })
    await store.saveIncidents([
      incident('old', 1, 'resolved'),
      incident('new', 3, 'resolved'),
      incident('open', 0),
    ])
    for (const key of ['1', '2', '3']) await store.recordChange(change(key, 1))
    expect((await store.listIncidents()).map(({ id }) => id)).toEqual(['new', 'open'])
    expect((await store.listChanges(9)).map(({ key }) => key)).toEqual(['3', '2'])
    await store.close()
  })

  it.each(['/nowhere/at/all.db', '/', 'garbage'])('says so when it cannot be used: %s', async (place) => {
    let file = place
    if (place === 'garbage') {
      file = path.join(await folder(), 'store.db')
      await writeFile(file, 'this is no database, and long enough to be seen as one'.repeat(100))
    }
    const failure = await openSqliteStore(file).catch((cause: unknown) => cause)
    expect(failure).toBeInstanceOf(KubepatrolError)
    expect((failure as KubepatrolError).code).toBe('KP_STORE_UNUSABLE')
  })
})
