import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { connectToCluster } from '../src/adapters/observe/kubernetes-api/kubernetes-api.ts'
import { breakWatches, changePod, disturb, passTime } from '../test/fake-api-server/chaos.ts'
import { startFakeApiServer } from '../test/fake-api-server/fake-api-server.ts'
import { manualClock, until } from '../test/fake-api-server/manual-clock.ts'
import { samplePod } from '../test/fake-api-server/sample-objects.ts'
import { seededRandom } from '../test/fake-api-server/seeded-random.ts'
import { fakeConnection } from '../test/fake-api-server/small-cluster.ts'

// Whether a watch keeps its memory through days of an API server that resets, stalls, forgets, repeats and reorders:
// the heap in use after a collection, in the last quarter of the run against the first.
const CHANGES = Number(process.env['CHAOS_CHANGES'] ?? 60_000)
const PODS = 1000
const LOOKS = 60
const MOST_RATIO = 1.05

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const server = await startFakeApiServer()
const clock = manualClock()
const random = seededRandom(1)
for (let index = 0; index < PODS; index++) server.store.put('pods', samplePod(`pod-${index}`))
const { api } = await connectToCluster(fakeConnection(server), { clock, random, pageSize: 100 })
const watched = api.watch('pods')
let told = 0
watched.onChange(() => void told++)
const begunAt = clock.now()
await until(() => watched.state().phase === 'live', passTime(server, clock), 60_000)
disturb(server, random)
const looks: number[] = []
for (let done = 1; done <= CHANGES; done++) {
  changePod(server, random)
  breakWatches(server, random)
  if (done % 20 === 0) {
    clock.pass(random() * 4000)
    await new Promise((resolve) => setImmediate(resolve))
  }
  if (done % Math.ceil(CHANGES / LOOKS) === 0) looks.push(await heapInUse())
}
const hours = ((clock.now() - begunAt) / 3_600_000).toFixed(1)
watched.stop()
await until(() => clock.pending() === 0)
await api.close()
await server.close()

const quarter = Math.floor(looks.length / 4)
const [first, last] = [looks.slice(0, quarter), looks.slice(-quarter)].map(median) as [number, number]
const ratio = last / first
console.log(
  `${CHANGES} changes of ${PODS} pods in ${hours} hours of simulated chaos, ${told} of them told; heap after collection ${mebibytes(first)} in the first quarter, ${mebibytes(last)} in the last: ratio ${ratio.toFixed(3)} (at most ${MOST_RATIO})`,
)
if (!(ratio <= MOST_RATIO)) process.exitCode = 1

/** After the server has forgotten what it was asked and its history, which are not what is measured, and the watch has caught up. */
async function heapInUse(): Promise<number> {
  server.store.compact()
  server.requests.length = 0
  const pass = passTime(server, clock)
  for (let turn = 0; turn < 20; turn++) {
    pass()
    await new Promise((resolve) => setImmediate(resolve))
  }
  collect()
  return process.memoryUsage().heapUsed
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
