import { afterEach, describe, expect, it } from 'vitest'
import { openSqliteStore } from '../../src/adapters/keep/sqlite/sqlite-incident-store.ts'
import type { DeliveryClock } from '../../src/apps/delivery-clock.ts'
import { createPatrolKeeper } from '../../src/apps/patrol-keeper.ts'
import { createPatrol } from '../../src/apps/patrol-loop.ts'
import { startTelling, type Telling } from '../../src/apps/tell-loop.ts'
import { coded } from '../../src/core/errors/kubepatrol-error.ts'
import type { PatrolStore } from '../../src/core/keep/incident-store.ts'
import { SEVERITIES } from '../../src/core/incident/severity.ts'
import type { IncidentChange } from '../../src/core/tell/incident-change.ts'
import { ChannelFailure, type NotificationChannel } from '../../src/core/tell/notification-channel.ts'
import { aRound } from '../contracts/a-round.ts'
import { anIncident } from '../contracts/an-incident.ts'
import { memoryIncidentStore } from '../contracts/memory-incident-store.ts'
import { changingNodes } from './changing-nodes.ts'

/** A clock that stands still until somebody has to wait, and then is there at once, up to an instant. */
function testClock() {
  let now = 0
  let until = 0
  const sleepers = new Set<() => void>()
  const clock: DeliveryClock = {
    now: () => now,
    sleep: (duration, signal) =>
      new Promise((resolve) => {
        const at = now + duration
        const look = () => {
          if (!signal.aborted && at > until) return
          if (!signal.aborted) now = Math.max(now, at)
          sleepers.delete(look)
          resolve()
        }
        sleepers.add(look)
        signal.addEventListener('abort', look)
        look()
      }),
  }
  const advance = (duration: number) => {
    until += duration
    now = Math.max(now, until)
    for (const look of sleepers) look()
  }
  return { clock, advance }
}

const running: Telling[] = []
afterEach(async () => void (await Promise.all(running.splice(0).map((one) => one.stop()))))

const change = (id: string, at: number): IncidentChange => ({
  key: `${id}/${at}`,
  kind: 'opened',
  at,
  incident: anIncident(id, at, { affected: { images: [], pods: [], volumes: [], nodes: [id] } }),
  news: [],
})

function telling(
  channels: readonly NotificationChannel[],
  { store = memoryIncidentStore(), mostPerMinute = 0, mostWaiting = 100 } = {},
) {
  const { clock, advance } = testClock()
  const failures: unknown[] = []
  const started = startTelling({
    channels: channels.map((channel) => ({
      channel,
      route: { severities: SEVERITIES },
      mostPerMinute,
      mostWaiting,
      timeout: 10_000,
    })),
    limits: { flaps: { quietFor: 0, settleFor: 0 }, storms: { mostThreads: 999, within: 1 } },
    store,
    clock,
    chance: () => 1,
    onChannelFailure: (_, failure) => failures.push(failure),
    onStoreFailure: (failure) => failures.push(failure),
  })
  running.push(started)
  const round = async (...changes: IncidentChange[]) => {
    const { deliveries } = started.plan(changes, [], 0)
    await store.saveRound(aRound({ changes, deliveries }))
    started.send(true)
  }
  return { started, round, advance, failures, store }
}

/** A channel that does as its script says, one entry for each attempt, and takes everything from then on. */
function scripted(id: string, script: (ChannelFailure | 'hang')[] = []) {
  const told: string[] = []
  const channel: NotificationChannel = {
    id,
    async tell({ key }) {
      const next = script.shift()
      if (next === 'hang') return new Promise(() => undefined)
      if (next) throw next
      told.push(key)
    },
  }
  return { channel, told }
}
const busy = (retryAfter?: number) =>
  new ChannelFailure('KP_CHANNEL_BUSY', { channel: 'c', reason: 'r' }, { retryAfter })
const refused = () => new ChannelFailure('KP_CHANNEL_REFUSED', { channel: 'c', reason: 'r' })

describe('deliveries', () => {
  it('go on through other channels while one hangs, and through that one once its time is over', async () => {
    const [slow, quick] = [scripted('slow', ['hang']), scripted('quick')]
    const { round, advance } = telling([slow.channel, quick.channel])
    await round(change('a', 1), change('b', 2))
    await expect.poll(() => quick.told).toEqual(['a/1', 'b/2'])
    expect(slow.told).toEqual([])
    advance(10_000)
    await expect.poll(() => slow.told).toContain('b/2')
    await expect.poll(() => (advance(5000), slow.told)).toEqual(['b/2', 'a/1'])
  })

  it('are tried again, in the order of their incident, and say what became of them', async () => {
    const { channel, told } = scripted('chat', [busy(), busy()])
    const { round, advance, store, started } = telling([channel])
    await round(change('a', 1))
    await round(change('a', 2))
    await expect
      .poll(async () => (await store.listDeliveries(9)).map(({ attempts }) => attempts))
      .toContain(1)
    expect((await store.listDeliveries(9)).at(-1)).toMatchObject({
      state: 'waiting',
      failure: { key: 'KP_CHANNEL_BUSY' },
    })
    await expect.poll(() => (advance(5000), told)).toEqual(['a/1', 'a/2'])
    await started.stop()
    const after = (await store.listDeliveries(9)).map(({ state, attempts, failure }) => [
      state,
      attempts,
      failure,
    ])
    expect(after).toEqual([
      ['delivered', 1, null],
      ['delivered', 3, null],
    ])
  })

  it('are given up when trying again cannot help, and hold nothing up', async () => {
    const { channel, told } = scripted('chat', [refused()])
    const { round, store, started, failures } = telling([channel])
    await round(change('a', 1), change('a', 2))
    await expect.poll(() => told).toEqual(['a/2'])
    await started.stop()
    expect((await store.listDeliveries(9)).map(({ state }) => state)).toEqual(['delivered', 'failed'])
    expect(failures).toHaveLength(1)
  })

  it('leave a service alone for as long as it asks', async () => {
    const { channel, told } = scripted('chat', [busy(600_000)])
    const { round, advance, failures } = telling([channel])
    await round(change('a', 1), change('b', 2))
    await expect.poll(() => failures.length).toBe(1)
    advance(599_000)
    expect(told).toEqual([])
    advance(1000)
    await expect.poll(() => told).toEqual(['a/1', 'b/2'])
  })

  it('keep to the messages a minute that a service takes, and what is too much is merged', async () => {
    const { channel, told } = scripted('chat')
    const { round, advance } = telling([channel], { mostPerMinute: 3, mostWaiting: 3 })
    for (let at = 1; at <= 9; at++) await round(change('a', at))
    await expect.poll(() => told.length).toBe(3)
    advance(59_000)
    expect(told.length).toBe(3)
    advance(2000)
    await expect.poll(() => told.length).toBeGreaterThan(3)
    expect(told.at(-1)).toBe('a/9')
  })

  it('go on after a restart, and those of a channel that is gone are given up', async () => {
    const first = scripted('chat', ['hang'])
    const gone = scripted('gone', ['hang'])
    const { round, store, started } = telling([first.channel, gone.channel])
    await round(change('a', 1), change('a', 2))
    await started.stop()
    const again = scripted('chat')
    const next = telling([again.channel], { store })
    await next.started.restore(await store.restore())
    await expect.poll(() => again.told).toEqual(['a/1', 'a/2'])
    const given = (await store.listDeliveries(9)).filter(({ channel }) => channel === 'gone')
    expect(given.map(({ state, failure }) => [state, failure?.key])).toEqual([
      ['failed', 'channel.gone'],
      ['failed', 'channel.gone'],
    ])
  })
})

async function* rounds(from: number, to: number) {
  for (let at = from; at <= to; at += 1000) yield at
}

describe('a patrol', () => {
  const source = changingNodes(3, 20_000)

  it('goes on with the same incidents after a restart, and opens none again', async () => {
    const store = await openSqliteStore(':memory:')
    const run = (from: number, to: number) =>
      createPatrol({ source, clock: rounds(from, to), store, channels: [] }).run()
    await run(0, 24_000)
    const before = (await store.listIncidents()).filter(({ state }) => state === 'open').map(({ id }) => id)
    expect(before.length).toBeGreaterThan(0)
    await run(25_000, 25_000)
    const after = (await store.listIncidents()).filter(({ state }) => state === 'open').map(({ id }) => id)
    expect(after).toEqual(before)
    await run(26_000, 90_000)
    const kinds = (await store.listChanges(99)).map(({ kind, incident: { id } }) => `${kind} ${id}`)
    expect(new Set(kinds).size).toBe(kinds.length)
    await store.close()
  })

  it('goes on telling while its store fails, and keeps later what it could not keep', async () => {
    const real = memoryIncidentStore()
    let isFull = true
    const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
      if (isFull) throw coded('KP_STORE_FULL', { path: 'p', reason: 'r' })
      return work()
    }
    const store: PatrolStore = {
      ...real,
      saveRound: (round) => guarded(() => real.saveRound(round)),
      saveDeliveries: (deliveries) => guarded(() => real.saveDeliveries(deliveries)),
    }
    const { channel, told } = scripted('chat')
    const { started } = telling([channel], { store })
    const failures: unknown[] = []
    const parts = {
      source,
      store,
      channels: [],
      telling: started,
      onStoreFailure: (one: unknown) => failures.push(one),
    }
    await createPatrol({ ...parts, clock: rounds(0, 25_000) }).run()
    await expect.poll(() => told.length).toBeGreaterThan(0)
    expect(failures[0]).toMatchObject({ code: 'KP_STORE_FULL' })
    expect(await real.listIncidents()).toEqual([])
    isFull = false
    const [first] = told
    const keeper = createPatrolKeeper(store, () => expect.unreachable())
    expect((await keeper.restore()).memory.open).toEqual([])
    expect(first).toContain('/opened/')
  })

  it('keeps with a later round what could not be kept', async () => {
    const real = memoryIncidentStore()
    let fails = 20
    const store: PatrolStore = {
      ...real,
      saveRound: async (round) => {
        if (fails-- > 0) throw coded('KP_STORE_LOCKED', { path: 'p', reason: 'r' })
        return real.saveRound(round)
      },
    }
    await createPatrol({
      source,
      clock: rounds(0, 60_000),
      store,
      channels: [],
      onStoreFailure: () => undefined,
    }).run()
    const whole = memoryIncidentStore()
    await createPatrol({ source, clock: rounds(0, 60_000), store: whole, channels: [] }).run()
    expect(await real.listIncidents()).toEqual(await whole.listIncidents())
    expect(await real.listChanges(99)).toEqual(await whole.listChanges(99))
    expect(await real.restore()).toEqual(await whole.restore())
  })
})
