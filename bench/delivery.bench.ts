// From the round that finds an incident to the request that a service took: seven channels, one of which hangs.
import { createServer } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { openSqliteStore } from '../src/adapters/keep/sqlite/sqlite-incident-store.ts'
import { openChannels } from '../src/apps/configuration/open-channels.ts'
import { Configuration } from '../src/apps/configuration/schema.ts'
import { wallClock } from '../src/apps/delivery-clock.ts'
import { createPatrol } from '../src/apps/patrol-loop.ts'
import { startTelling } from '../src/apps/tell-loop.ts'
import { changingNodes, wallRounds } from '../test/keep-and-tell/changing-nodes.ts'

const TARGET_MS = 500
const SECONDS = 20
/** A patrol runs for weeks: what its first seconds take is said apart. */
const COLD_SECONDS = 4
const HANGING = 'feishu'
const YES: Record<string, string> = {
  slack: 'ok',
  dingtalk: '{"errcode":0}',
  wecom: '{"errcode":0}',
  webhook: '',
  alertmanager: '',
}

const folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-delivery-'))
const store = await openSqliteStore(path.join(folder, 'store.db'))
const service = createServer((request, response) => {
  const name = request.url?.split('/')[1] ?? ''
  request.resume().on('end', () => {
    if (name !== HANGING) response.end(YES[name])
  })
})
await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
const mail = new SMTPServer({
  authOptional: true,
  disableReverseLookup: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onData: (stream, _, done) => void stream.resume().on('end', () => done()),
})
await new Promise<void>((resolve) => mail.listen(0, '127.0.0.1', () => resolve()))

const env: Record<string, string> = {}
for (const name of [...Object.keys(YES), HANGING])
  env[name] = `http://127.0.0.1:${(service.address() as AddressInfo).port}/${name}`
const configuration = Configuration.parse({
  telling: { quietFor: '0', settleFor: '0', mostAtOnce: 1000 },
  channels: [
    ...Object.keys(env).map((type) => ({ type, url: { env: type } })),
    {
      type: 'email',
      host: '127.0.0.1',
      port: (mail.server.address() as AddressInfo).port,
      security: 'none',
      from: 'a@example.com',
      to: ['b@example.com'],
    },
  ],
})
const channels = await openChannels(configuration, { path: 'bench', language: 'en', env, now: Date.now })
const tookMs = new Map<string, number[]>(channels.map(({ channel }) => [channel.id, []]))
const coldMs: number[] = []
const warmAt = Date.now() + COLD_SECONDS * 1000
const telling = startTelling({
  // How fast kubepatrol is, not how many messages a service allows.
  channels: channels.map((open) => ({
    ...open,
    mostPerMinute: 0,
    mostWaiting: 500,
    channel: {
      ...open.channel,
      async tell(notice) {
        await open.channel.tell(notice)
        const took = notice.at < warmAt ? coldMs : tookMs.get(open.channel.id)
        took?.push(Date.now() - notice.at)
      },
    },
  })),
  limits: { flaps: { quietFor: 0, settleFor: 0 }, storms: { mostThreads: 1000, within: 60_000 } },
  store,
  clock: wallClock,
  chance: Math.random,
  onChannelFailure: () => undefined,
  onStoreFailure: console.error,
})
const ending = new AbortController()
const roundsMs: number[] = []
const patrol = createPatrol({
  source: changingNodes(20, 4000),
  clock: wallRounds(200, ending.signal),
  store,
  channels: [],
  telling,
  onStoreFailure: console.error,
})
patrol.onRound(() => roundsMs.push(Date.now() - (patrol.observedAt() ?? 0)))
// What a bare request takes meanwhile on this machine, for comparison.
const bareMs: number[] = []
const bare = setInterval(async () => {
  const begunAt = performance.now()
  await fetch(env['webhook'] ?? '', { method: 'POST', body: '{}' }).then((response) => response.text())
  bareMs.push(Math.round(performance.now() - begunAt))
}, 100)
const running = patrol.run()
await sleep(SECONDS * 1000)
ending.abort()
clearInterval(bare)
await running
await sleep(500)
const all = [...tookMs].filter(([name]) => name !== HANGING)
for (const [name, took] of tookMs)
  console.log(name === HANGING ? `${name}: hangs` : `${name}: ${took.length} told, ${spread(took)}`)
const p95 = percentile(
  all.flatMap(([, took]) => took),
  95,
)
console.log(`from finding to accepted: p95 ${p95} ms of at most ${TARGET_MS} ms`)
console.log(`the first ${COLD_SECONDS} s of the process: ${coldMs.length} told, ${spread(coldMs)}`)
console.log(`rounds of 20 nodes: ${roundsMs.length}, ${spread(roundsMs)}; a bare request: ${spread(bareMs)}`)
if (!(p95 <= TARGET_MS) || all.some(([, took]) => took.length === 0)) process.exitCode = 1
await telling.stop()
await store.close()
service.close()
service.closeAllConnections()
mail.close()
await rm(folder, { recursive: true })

function spread(values: readonly number[]): string {
  return `p50 ${percentile(values, 50)} ms, p95 ${percentile(values, 95)} ms`
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
}
