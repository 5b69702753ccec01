import path from 'node:path'
import { openSqliteStore } from '../../src/adapters/keep/sqlite/sqlite-incident-store.ts'
import { createPatrol } from '../../src/apps/patrol-loop.ts'
import { patrolView } from '../../src/apps/patrol-view.ts'
import { message } from '../../src/core/messages/message.ts'
import { newDelivery } from '../../src/core/tell/delivery.ts'
import { noticeOf } from '../../src/core/tell/notice.ts'
import { createPatrolServer } from '../../src/http/server.ts'
import { newToken } from '../../src/http/session.ts'
import { fleetObservation, HOSTILE_NAME } from '../scenarios/fleet-observation.ts'

const ROUNDS = 12
const SECONDS_BETWEEN = 30

/** Serves a made-up fleet of so many nodes after some rounds, with what was sent about it. */
export async function serveFleet(nodes: number): Promise<{ url: string; close(): Promise<void> }> {
  const store = await openSqliteStore(':memory:')
  async function* clock() {
    for (let round = 0; round < ROUNDS; round++) yield round * SECONDS_BETWEEN
  }
  const patrol = createPatrol({
    source: { observe: async (second) => fleetObservation(nodes, second) },
    clock: clock(),
    store,
    channels: [],
  })
  await patrol.run()
  const [change] = await store.listChanges(1)
  if (change) {
    const at = patrol.observedAt() ?? 0
    const waiting = newDelivery('ops-chat', noticeOf(change), at)
    await store.saveDeliveries({
      saved: [
        { ...waiting, channel: 'mail', state: 'delivered', attempts: 1, deliveredAt: at },
        {
          ...waiting,
          channel: HOSTILE_NAME,
          state: 'failed',
          attempts: 3,
          failure: message('page.incidents.none'),
        },
        waiting,
      ],
      merged: [],
    })
  }
  const token = newToken()
  const view = patrolView({ patrol, store, version: '0', subject: { mode: 'cluster', subject: 'made-up' } })
  const webRoot = path.resolve('dist/web')
  const server = await createPatrolServer({ view, token, webRoot, version: '0' })
  const port = await server.listen(0)
  return {
    url: `http://127.0.0.1:${port}/#token=${token}`,
    async close() {
      await server.close()
      await store.close()
    },
  }
}
