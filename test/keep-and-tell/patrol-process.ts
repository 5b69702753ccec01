// A program of its own: patrols changing nodes until it is killed, or until what waits is told once it is asked to end.
import { setTimeout as sleep } from 'node:timers/promises'
import { webhook } from '../../src/adapters/tell/channels/webhook.ts'
import { openSqliteStore } from '../../src/adapters/keep/sqlite/sqlite-incident-store.ts'
import { wallClock } from '../../src/apps/delivery-clock.ts'
import { createPatrol } from '../../src/apps/patrol-loop.ts'
import { startTelling } from '../../src/apps/tell-loop.ts'
import { SEVERITIES } from '../../src/core/incident/severity.ts'
import { changingNodes, wallRounds } from './changing-nodes.ts'

/** What the program is told, as JSON in its first argument. */
export interface PatrolProcess {
  store: string
  /** Webhooks by the name of their channel. */
  channels: Record<string, string>
  nodes: number
  roundMs: number
  periodMs: number
  quietFor: number
}

const {
  store: file,
  channels,
  nodes,
  roundMs,
  periodMs,
  quietFor,
} = JSON.parse(process.argv[2] ?? '') as PatrolProcess
const complain = (failure: unknown) => console.error((failure as Error).message)
const ending = new AbortController()
process.once('SIGTERM', () => ending.abort())
const store = await openSqliteStore(file)
const telling = startTelling({
  channels: Object.entries(channels).map(([name, url]) => ({
    channel: webhook.open(
      { url },
      {
        name,
        language: 'en',
        baseUrl: null,
        timeout: 2000,
        now: wallClock.now,
      },
    ),
    route: { severities: SEVERITIES },
    mostPerMinute: 0,
    mostWaiting: 100_000,
    timeout: 3000,
  })),
  limits: { flaps: { quietFor, settleFor: 0 }, storms: { mostThreads: 1000, within: 1000 } },
  store,
  clock: wallClock,
  chance: () => 0,
  onChannelFailure: () => undefined,
  onStoreFailure: complain,
})
const patrol = createPatrol({
  source: changingNodes(nodes, periodMs),
  clock: wallRounds(roundMs, ending.signal),
  store,
  channels: [],
  telling,
  onStoreFailure: complain,
})
console.log('patrolling')
await patrol.run()
while (telling.waiting() > 0) await sleep(20)
await telling.stop()
await store.close()
