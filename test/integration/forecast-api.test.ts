import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { openSqliteStore } from '../../src/adapters/keep/sqlite/sqlite-incident-store.ts'
import { recordingSource } from '../../src/adapters/observe/recording/recording-source.ts'
import { readRecording } from '../../src/adapters/observe/recording/recording.ts'
import { forecastsOf } from '../../src/apps/forecasts.ts'
import { createPatrol, type Patrol } from '../../src/apps/patrol-loop.ts'
import { patrolView } from '../../src/apps/patrol-view.ts'
import type { forecastDocument } from '../../src/core/forecast/present/forecast-json.ts'
import type { PatrolStore } from '../../src/core/keep/incident-store.ts'
import { ForecastDocument } from '../../src/http/contract.ts'
import { PATHS } from '../../src/http/paths.ts'
import { createPatrolServer, type PatrolServer } from '../../src/http/server.ts'
import { newToken } from '../../src/http/session.ts'

const BEFORE_THE_EVICTION = Date.parse('2026-11-24T08:22:27Z')
const token = newToken()
let patrol: Patrol
let store: PatrolStore
let server: PatrolServer
let port = 0
let goOn = () => {}

beforeAll(async () => {
  const root = path.join(import.meta.dirname, '../..')
  const recording = await readRecording(path.join(root, 'recordings/incident'))
  const mayGoOn = new Promise<void>((resolve) => (goOn = resolve))
  async function* clock() {
    for (let at = recording.startsAt; at <= BEFORE_THE_EVICTION; at += 1000) yield at
    await mayGoOn
    yield BEFORE_THE_EVICTION + 1000
  }
  store = await openSqliteStore(':memory:')
  patrol = createPatrol({ source: recordingSource(recording), clock: clock(), store, channels: [] })
  const view = patrolView({
    patrol,
    store,
    version: '0',
    subject: { mode: 'replay', subject: recording.name },
  })
  server = await createPatrolServer({ view, token, webRoot: root, version: '0' })
  port = await server.listen(0)
  void patrol.run()
  while ((patrol.observedAt() ?? 0) < BEFORE_THE_EVICTION) await setImmediate()
})
afterAll(async () => {
  await server.close()
  await store.close()
})

function ask(node: string, language: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${PATHS.forecast.replace('{name}', node)}?lang=${language}`, {
    headers: { Authorization: `Bearer ${token}` },
  })
}

describe('the forecast of a node in a replay', () => {
  it('names the levels, the victims in order and what follows, before the kubelet acts', async () => {
    const forecast = ForecastDocument.parse(await (await ask('lab-node', 'en')).json())
    expect(forecast.levels.slice(0, 2).map(({ id }) => id)).toEqual(['image-gc', 'imagefs.available'])
    expect(forecast.band.every(({ low, middle, high }) => low <= middle && middle <= high)).toBe(true)
    const evicted = forecast.actions
      .filter(({ kind }) => kind === 'evict-pod')
      .flatMap(({ victims }) => victims.map(({ kind, name }) => `${kind} ${name}`))
    expect(evicted[0]).toBe('pod es-0')
    // The one node there is: known only when the cluster was looked at.
    expect(forecast.consequences.map(({ kind }) => kind)).toContain('fits-nowhere-else')
  })

  it('has every field of the contract and none beside them', async () => {
    const body: unknown = await (await ask('lab-node', 'en')).json()
    expect(ForecastDocument.parse(body)).toEqual(body)
    expectTypeOf<ReturnType<typeof forecastDocument>>().toExtend<ForecastDocument>()
    expectTypeOf<keyof ForecastDocument>().toEqualTypeOf<keyof ReturnType<typeof forecastDocument>>()
  })

  it('speaks the language asked for', async () => {
    const { levels } = ForecastDocument.parse(await (await ask('lab-node', 'zh-CN')).json())
    expect(levels[0]?.message).toBe('开始镜像回收（已用 85%）')
  })

  it('is of a node that was seen', async () => {
    const answer = await ask('no-node', 'en')
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'KP_NO_SUCH_THING' })
  })

  it('is made once a round', async () => {
    const forecastOf = forecastsOf(patrol)
    const first = forecastOf('lab-node')
    expect(first?.madeAt).toBe(patrol.observedAt())
    expect(forecastOf('lab-node')).toBe(first)
    const round = patrol.rounds()
    goOn()
    while (patrol.rounds() === round) await setImmediate()
    expect(forecastOf('lab-node')?.madeAt).toBe(BEFORE_THE_EVICTION + 1000)
  })
})
