import { statusJson } from './answers.ts'
import type { FakeApiServer } from './fake-api-server.ts'
import type { ManualClock } from './manual-clock.ts'
import { samplePod } from './sample-objects.ts'

/** Puts, changes and removes pods at random. */
export function changePod(server: FakeApiServer, random: () => number): void {
  const name = `pod-${Math.floor(random() * 1500)}`
  if (random() < 0.3) server.store.remove('pods', 'default', name)
  else server.store.put('pods', samplePod(name))
}

/** Lines are lost to a cut, doubled, held back, swapped, and bookmarks come when they like. */
export function disturb(server: FakeApiServer, random: () => number): void {
  const held: string[] = []
  server.onTheWay = (line, watch) => {
    const chance = random()
    if (chance < 0.003) watch.send(line.slice(0, line.length / 2))
    if (chance < 0.006) return void watch.response.destroy()
    if (chance < 0.008) return watch.send('{"type":"MODIFIED","object"\n')
    if (chance < 0.03) return void (held.length < 20 && held.push(line))
    watch.send(line)
    if (chance > 0.95) watch.send(line)
    if (chance > 0.9) watch.send(held.shift() ?? '')
    if (chance > 0.88 && chance < 0.9) watch.sendBookmark()
  }
  server.intercept = (request, response) => {
    const chance = random()
    if (chance < 0.03) request.socket.destroy()
    else if (chance < 0.06) response.writeHead(503).end('overloaded')
    else if (chance < 0.09) response.writeHead(429, { 'retry-after': '1' }).end()
    else if (chance < 0.12) response.writeHead(410).end(statusJson('Expired', 'too old'))
    else if (chance < 0.14) response.writeHead(200).end('<html><title>Sign in</title></html>')
    // Never answered: only the time limit ends it.
    return chance < 0.15
  }
}

/** History and lists are forgotten, and connections cut, now and then. */
export function breakWatches(server: FakeApiServer, random: () => number): void {
  if (random() < 0.002) server.store.compact()
  if (random() < 0.002) server.forgetLists()
  if (random() < 0.005) for (const watch of server.watches) watch.response.destroy()
}

/** Lets time pass: fast while nothing is under way, so that the time limits of requests mean something. */
export function passTime(server: FakeApiServer, clock: ManualClock): () => void {
  let idle = 0
  return () => {
    idle = server.busy() === 0 ? idle + 1 : 0
    clock.pass(idle < 3 ? 10 : 1000)
  }
}
