import { openSqliteStore } from '../src/adapters/keep/sqlite/sqlite-incident-store.ts'
import { createPatrol } from '../src/apps/patrol-loop.ts'
import { patrolView } from '../src/apps/patrol-view.ts'
import { listRoutes } from '../src/http/routes/lists.ts'
import { PATHS } from '../src/http/paths.ts'
import { aFact, aRound } from '../test/contracts/a-round.ts'
import { anIncident } from '../test/contracts/an-incident.ts'
import { fleetObservation } from '../test/scenarios/fleet-observation.ts'

// What the page asks for at every round: with thousands of incidents in the store, it must cost what it costs with none.
const NODES = 500
const RESOLVED = 5000
const FACTS_EACH = 30
const ASKED = 30
const MOST_RATIO = 1.3

const few = await served(0)
const many = await served(RESOLVED)
for (const path of [PATHS.nodes, `${PATHS.incidents}?state=open`, `${PATHS.incidents}?node=n1`]) {
  const costs = { few: Number.POSITIVE_INFINITY, many: Number.POSITIVE_INFINITY }
  for (let turn = 0; turn < ASKED; turn++) {
    costs.few = Math.min(costs.few, await cost(few.app, path))
    costs.many = Math.min(costs.many, await cost(many.app, path))
  }
  const ratio = costs.many / costs.few
  console.log(
    `${path} with ${NODES} nodes: ${costs.few.toFixed(1)} ms of CPU with no incident, ${costs.many.toFixed(1)} ms with ${RESOLVED} that are over: ratio ${ratio.toFixed(2)}`,
  )
  if (path === PATHS.nodes && ratio > MOST_RATIO) process.exitCode = 1
}
await few.store.close()
await many.store.close()

async function served(resolved: number) {
  const store = await openSqliteStore(':memory:', { resolvedIncidents: RESOLVED })
  await store.saveRound(aRound({ incidents: Array.from({ length: resolved }, (_, index) => over(index)) }))
  async function* clock() {
    for (let round = 0; round < 3; round++) yield round * 30
  }
  const source = { observe: async (second: number) => fleetObservation(NODES, second) }
  const patrol = createPatrol({ source, clock: clock(), store, channels: [] })
  await patrol.run()
  const view = patrolView({ patrol, store, version: '0', subject: { mode: 'cluster', subject: 'made-up' } })
  return { store, app: listRoutes(view) }
}

function over(index: number) {
  const facts = Array.from({ length: FACTS_EACH }, (_, number) => aFact(`subject-${number}`, number))
  const { cause } = anIncident('', 0)
  const link = { id: 'image-gc-failed' as const, at: index, atText: null, rule: null, because: null, facts }
  return anIncident(`incident-${index}`, index, {
    state: 'resolved',
    chain: [{ ...link, message: cause.message, certainty: 'stated' }],
    affected: { images: [], pods: [], volumes: [], nodes: [`n${index % NODES}`] },
  })
}

async function cost(app: { request(path: string): Response | Promise<Response> }, path: string) {
  const begun = process.cpuUsage()
  const answer = await app.request(path)
  await answer.text()
  if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`)
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}
