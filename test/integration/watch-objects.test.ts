import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  connectToCluster,
  type ConnectedCluster,
} from '../../src/adapters/observe/kubernetes-api/kubernetes-api.ts'
import type { Pod } from '../../src/core/kubernetes/pod.ts'
import type { WatchedObjects } from '../../src/core/observe/watched-objects.ts'
import { statusJson } from '../fake-api-server/answers.ts'
import { startFakeApiServer, type FakeApiServer } from '../fake-api-server/fake-api-server.ts'
import { manualClock, until, type ManualClock } from '../fake-api-server/manual-clock.ts'
import { samplePod } from '../fake-api-server/sample-objects.ts'
import { fakeConnection } from '../fake-api-server/small-cluster.ts'

let server: FakeApiServer
let clock: ManualClock
let cluster: ConnectedCluster
let watched: WatchedObjects<Pod>

const names = () => watched.objects().map(({ metadata }) => metadata.name)
const asked = (what: 'lists' | 'watches') =>
  server.requests.filter(
    ({ url }) => url.includes('/pods') && url.includes('watch=') === (what === 'watches'),
  )
const isLive = () => watched.state().phase === 'live'
const put = (...pods: string[]) => {
  for (const name of pods) server.store.put('pods', samplePod(name))
}
const line = (type: string, name: string, resourceVersion: number | string) => {
  const pod = samplePod(name)
  return `${JSON.stringify({ type, object: { ...pod, metadata: { ...pod.metadata, resourceVersion: String(resourceVersion) } } })}\n`
}
const send = (...lines: string[]) => {
  for (const watch of server.watches) for (const each of lines) watch.send(each)
}
const cutWatches = () => {
  for (const watch of server.watches) watch.response.destroy()
}
/** The next watch is under way; a moment passes for the wait before it. */
const watchesAgain = async (count: number) => {
  await until(
    () => asked('watches').length === count,
    () => clock.pass(20),
  )
  await until(isLive)
}

beforeEach(async () => {
  server = await startFakeApiServer()
  put('a', 'b')
  clock = manualClock()
  cluster = await connectToCluster(fakeConnection(server), { clock, random: () => 0.5 })
  watched = cluster.api.watch('pods')
  await until(isLive)
})
afterEach(async () => {
  await cluster.api.close()
  await server.close()
})

describe('watched objects', () => {
  it('are the same list until something changes, and tell what does', async () => {
    const changes: string[] = []
    watched.onChange((change) =>
      changes.push(change ? `${change.what} ${change.object.metadata.name}` : 'state'),
    )
    const before = watched.objects()
    expect(watched.objects()).toBe(before)
    put('c')
    server.store.remove('pods', 'default', 'a')
    await until(() => changes.length === 2)
    expect(changes).toEqual(['put c', 'removed a'])
    expect(names()).toEqual(['b', 'c'])
    expect(before.map(({ metadata }) => metadata.name)).toEqual(['a', 'b'])
  })

  it('are not changed by what was told before, late or twice', async () => {
    send(line('MODIFIED', 'a', 2000), line('MODIFIED', 'a', 1500), line('ADDED', 'c', 2001))
    send(
      line('DELETED', 'c', 2005),
      line('MODIFIED', 'c', 2003),
      line('DELETED', 'a', 1900),
      line('ADDED', 'end', 2010),
    )
    await until(() => names().includes('end'))
    expect(names()).toEqual(['a', 'b', 'end'])
    expect(watched.objects()[0]?.metadata.resourceVersion).toBe('2000')
  })

  it('go on from the last bookmark after the server ends a watch, without a new list', async () => {
    for (let index = 0; index < 5; index++) server.store.put('nodes', { metadata: { name: `n${index}` } })
    for (const watch of server.watches) watch.sendBookmark()
    put('c')
    await until(() => names().includes('c'))
    clock.pass(2000)
    for (const watch of server.watches) watch.response.end()
    await watchesAgain(2)
    expect(asked('watches').at(-1)?.url).toContain(`resourceVersion=${server.store.revision()}`)
    expect(asked('lists')).toHaveLength(1)
  })

  it('are stale with a reason while the connection is broken, and go on where it broke', async () => {
    server.intercept = (request) => {
      request.socket.destroy()
      return true
    }
    cutWatches()
    await until(() => watched.state().phase === 'stale')
    expect(watched.state()).toMatchObject({
      since: clock.now(),
      gap: { part: 'pods', detail: expect.stringMatching(/./) },
    })
    put('c')
    server.intercept = undefined
    await until(
      () => names().includes('c') && isLive(),
      () => clock.pass(100),
    )
    expect(watched.state().gap).toBeUndefined()
  })

  it('are listed anew when what was missed is forgotten', async () => {
    put('c')
    await until(() => names().includes('c'))
    const fallen = new Set(server.watches)
    server.intercept = () => {
      server.intercept = undefined
      // While nobody watches: made, removed, and compacted.
      put('d')
      server.store.remove('pods', 'default', 'a')
      server.store.compact()
      return false
    }
    for (const watch of fallen) watch.response.destroy()
    await until(
      () => names().includes('d'),
      () => clock.pass(100),
    )
    expect(names()).toEqual(['b', 'c', 'd'])
    expect(asked('lists')).toHaveLength(2)
  })

  it('are listed anew after silence, when the connection is dead without a word', async () => {
    server.onTheWay = () => undefined
    put('c')
    clock.pass(89_000)
    expect(isLive()).toBe(true)
    const phases: string[] = []
    watched.onChange(() => phases.push(watched.state().phase))
    clock.pass(1000)
    await until(
      () => names().includes('c'),
      () => clock.pass(20),
    )
    await until(isLive)
    expect(phases[0]).toBe('stale')
  })

  it('are not listed anew while something comes now and then', async () => {
    for (let minute = 0; minute < 10; minute++) {
      clock.pass(60_000)
      const seen = server.store.revision()
      put(`m${minute}`)
      await until(() => names().includes(`m${minute}`))
      expect(server.store.revision()).toBe(seen + 1)
    }
    expect([asked('lists').length, asked('watches').length]).toEqual([1, 1])
  })

  it('are listed anew every so often, and stay live meanwhile', async () => {
    const phases = new Set<string>()
    watched.onChange(() => phases.add(watched.state().phase))
    server.onTheWay = (text, watch) => void (text.includes('"lost"') || watch.send(text))
    put('lost')
    for (let minute = 0; minute < 16; minute++) {
      put(`m${minute}`)
      await until(() => names().includes(`m${minute}`))
      clock.pass(60_000)
      await until(isLive)
    }
    await until(
      () => names().includes('lost'),
      () => clock.pass(20),
    )
    expect([...phases].filter((phase) => phase !== 'live')).toEqual([])
  })

  it('are listed anew after a watch that came out of order', async () => {
    send(line('MODIFIED', 'a', 3000), line('MODIFIED', 'b', 2500))
    await until(() => watched.objects().some(({ metadata }) => metadata.resourceVersion === '2500'))
    clock.pass(2000)
    for (const watch of server.watches) watch.response.end()
    await watchesAgain(2)
    expect(asked('lists')).toHaveLength(2)
  })

  it.each([
    ['garbage', 'garbage\n', 'garbled'],
    ['half an object', '{"type":"MODIFIED","object":{"metadata":\n', 'garbled'],
    ['an object without a name', '{"type":"MODIFIED","object":{}}\n', 'garbled'],
    [
      'a failure of the server',
      `{"type":"ERROR","object":${statusJson('InternalError', 'etcd is away')}}\n`,
      'refused',
    ],
    ['a line without end', 'x'.repeat(9 * 1024 * 1024), 'too-large'],
  ])('survive %s', async (_, text, why) => {
    const whys = new Set<string | undefined>()
    watched.onChange(() => whys.add(watched.state().gap?.why))
    send(text)
    await until(() => whys.has(why))
    put('after')
    await until(
      () => names().includes('after') && isLive(),
      () => clock.pass(100),
    )
  })

  it('survive a line in pieces, empty lines, and events of a kind that is not known', async () => {
    const whole = line('ADDED', '磁盘', 5000)
    const bytes = Buffer.from(whole)
    for (const watch of server.watches) {
      for (const byte of bytes) watch.response.write(Buffer.from([byte]))
      watch.send('\n\n{"type":"BOOKMARK","object":{}}\n{"type":"NEWS","object":{}}\n')
    }
    await until(() => names().includes('磁盘'))
    expect(isLive()).toBe(true)
    expect(watched.state().unreadable).toBe(0)
  })

  it('leave out an object that cannot be understood any more, and count it until it can', async () => {
    send(
      '{"type":"MODIFIED","object":{"metadata":{"name":"a","namespace":"default","resourceVersion":"2000"},"spec":7}}\n',
    )
    await until(() => watched.state().unreadable === 1)
    expect(names()).toEqual(['b'])
    send(line('MODIFIED', 'a', 2001))
    await until(() => watched.state().unreadable === 0)
    expect(names().toSorted()).toEqual(['a', 'b'])
  })

  it('ask a server that ends every watch at once less and less often', async () => {
    server.intercept = (request, response) => {
      if (request.url?.includes('watch=') !== true) return false
      response.writeHead(200).end()
      return true
    }
    cutWatches()
    const before = asked('watches').length
    for (let tenth = 0; tenth < 600; tenth++) {
      clock.pass(100)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(asked('watches').length - before).toBeLessThan(25)
  })

  it('let go of everything when they are stopped', async () => {
    watched.stop()
    await until(() => server.watches.size === 0 && clock.pending() === 0)
    put('c')
    expect(names()).toEqual(['a', 'b'])
  })
})

describe('a resource that may not be read', () => {
  it('stays on its way, says why, and comes when the right is given', async () => {
    server.forbidden.add('events')
    const events = cluster.api.watch('events')
    await until(() => events.state().gap !== undefined)
    expect(events.state()).toMatchObject({ phase: 'syncing', gap: { part: 'events', why: 'forbidden' } })
    server.forbidden.delete('events')
    await until(
      () => events.state().phase === 'live',
      () => clock.pass(500),
    )
    expect(events.state().gap).toBeUndefined()
  })
})
