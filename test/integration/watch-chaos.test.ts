import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  connectToCluster,
  type ConnectedCluster,
} from '../../src/adapters/observe/kubernetes-api/kubernetes-api.ts'
import type { Pod } from '../../src/core/kubernetes/pod.ts'
import { objectKey } from '../../src/core/observe/object-set.ts'
import type { WatchedObjects } from '../../src/core/observe/watched-objects.ts'
import { breakWatches, changePod, disturb, passTime } from '../fake-api-server/chaos.ts'
import { startFakeApiServer, type FakeApiServer } from '../fake-api-server/fake-api-server.ts'
import { manualClock, until, type ManualClock } from '../fake-api-server/manual-clock.ts'
import { samplePod } from '../fake-api-server/sample-objects.ts'
import { seededRandom } from '../fake-api-server/seeded-random.ts'
import { fakeConnection } from '../fake-api-server/small-cluster.ts'

const CHANGES = Number(process.env['CHAOS_CHANGES'] ?? 6000)
const SEEDS = (process.env['CHAOS_SEEDS'] ?? '1,2,3').split(',').map(Number)

let server: FakeApiServer
let clock: ManualClock
let cluster: ConnectedCluster
let watched: WatchedObjects<Pod>

async function begin(seed: number) {
  clock = manualClock()
  cluster = await connectToCluster(fakeConnection(server), {
    clock,
    random: seededRandom(seed),
    pageSize: 100,
  })
  watched = cluster.api.watch('pods')
  await until(isLive, passTime(server, clock), 60_000)
}
beforeEach(async () => {
  server = await startFakeApiServer()
})
afterEach(async () => {
  server.intercept = undefined
  await cluster.api.close()
  await server.close()
})

const isLive = () => watched.state().phase === 'live'
const known = () =>
  watched
    .objects()
    .map(({ metadata }) => `${objectKey(metadata)}@${metadata.resourceVersion}`)
    .toSorted()
const truth = () =>
  server.store
    .objects('pods')
    .map(({ key, json }) => `${key}@${(JSON.parse(json) as Pod).metadata.resourceVersion}`)
    .toSorted()
/** Within this a watch has to be right again, by its resync at the latest, whatever went by unseen. */
const MOST_WRONG_MS = 20 * 60_000

/** Lets a quiet server bookmark every minute until the watch is right, or has had its time. */
async function untilRight() {
  const right = truth().join()
  let looked: readonly Pod[] = []
  const isRight = () => {
    if (looked === watched.objects()) return false
    looked = watched.objects()
    return known().join() === right
  }
  const quietSince = clock.now()
  let bookmarkedAt = clock.now()
  const pass = passTime(server, clock)
  const each = () => {
    pass()
    if (clock.now() - bookmarkedAt < 60_000) return
    bookmarkedAt = clock.now()
    for (const watch of server.watches) watch.sendBookmark()
  }
  await until(() => isRight() || clock.now() - quietSince > MOST_WRONG_MS, each, 60_000)
}

describe('a watch under chaos', () => {
  it.each(SEEDS)(
    `ends with exactly the server's objects, seed %i, ${CHANGES} changes`,
    async (seed) => {
      const random = seededRandom(seed)
      for (let index = 0; index < 500; index++) server.store.put('pods', samplePod(`pod-${index}`))
      await begin(seed)
      disturb(server, random)
      for (let done = 0; done < CHANGES; done++) {
        changePod(server, random)
        breakWatches(server, random)
        if (done % 20 === 0) {
          clock.pass(random() * 4000)
          await new Promise((resolve) => setImmediate(resolve))
        }
      }
      server.intercept = undefined
      await until(isLive, passTime(server, clock), 60_000)
      // At last changes are lost without a trace, on a connection that goes on.
      server.onTheWay = (line, watch) => void (random() < 0.5 && watch.send(line))
      for (let done = 0; done < 100; done++) changePod(server, random)
      server.onTheWay = undefined
      await untilRight()
      expect(known()).toEqual(truth())
      await until(isLive, passTime(server, clock), 60_000)
      expect(watched.state()).toMatchObject({ phase: 'live', unreadable: 0 })
      watched.stop()
      // The time limits of requests are called off in their own time; nothing stays.
      await until(() => clock.pending() === 0)
    },
    180_000,
  )
})
