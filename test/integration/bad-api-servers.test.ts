import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ApiConnection } from '../../src/adapters/observe/kubernetes-api/connection.ts'
import { fixedCredentials } from '../../src/adapters/observe/kubernetes-api/kubeconfig/fixed-credentials.ts'
import { connectToCluster } from '../../src/adapters/observe/kubernetes-api/kubernetes-api.ts'
import { systemClock } from '../../src/adapters/observe/kubernetes-api/system-clock.ts'
import type { ClusterApi } from '../../src/core/observe/cluster-api.ts'
import type { Clock } from '../../src/core/observe/clock.ts'
import { makeAuthority } from '../../src/apps/lab/api/certificates.ts'
import { startFakeApiServer, type FakeApiServer } from '../fake-api-server/fake-api-server.ts'
import { manualClock, until } from '../fake-api-server/manual-clock.ts'
import { HANGS } from '../fake-api-server/serve-node.ts'
import { fakeConnection, populate, sampleKubelet } from '../fake-api-server/small-cluster.ts'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

const json = { 'content-type': 'application/json' }
const send =
  (status: number, body: string | Buffer, headers: Record<string, string> = json): Answer =>
  (response) =>
    void response.writeHead(status, headers).end(body)
const page = '<!doctype html><html><head><title>Sign in</title></head><body>…</body></html>'
const listOf = (items: string) => `{"kind":"PodList","metadata":{"resourceVersion":"7"},"items":[${items}]}`
const pod = '{"metadata":{"name":"a"},"spec":{},"status":null}'

/** What a server does instead of listing pods, and what is said of it. */
const BAD: [string, Answer, string, RegExp][] = [
  [
    'a web page',
    send(200, page, { 'content-type': 'text/html' }),
    'garbled',
    /^this is no JSON: a web page, “Sign in”$/,
  ],
  ['nothing', send(200, ''), 'garbled', /an empty answer/],
  ['garbage', send(200, Buffer.from([0xff, 0xfe, 0, 1])), 'garbled', /no JSON/],
  ['half of its JSON', send(200, listOf(pod).slice(0, 50)), 'garbled', /no JSON/],
  ['JSON that is no list', send(200, '{}'), 'garbled', /no list of Kubernetes objects/],
  [
    'a list that is no list',
    send(200, '{"kind":"PodList","metadata":{"resourceVersion":"7"},"items":{}}'),
    'garbled',
    /no list/,
  ],
  [
    'a page that continues with itself',
    send(200, listOf('').replace('"7"', '"7","continue":"x"')),
    'garbled',
    /continues with itself/,
  ],
  [
    'half a body',
    (response) => {
      response.writeHead(200, { ...json, 'content-length': '100000' }).write(listOf(pod))
      setImmediate(() => response.destroy())
    },
    'garbled',
    /broke off after \d+ bytes/,
  ],
  [
    'gzip that is cut',
    send(200, gzipSync(listOf(pod)).subarray(0, 30), { ...json, 'content-encoding': 'gzip' }),
    'garbled',
    /broke off/,
  ],
  [
    'what it calls gzip',
    send(200, listOf(pod), { ...json, 'content-encoding': 'gzip' }),
    'garbled',
    /broke off/,
  ],
  [
    'an encoding of its own',
    send(200, listOf(pod), { ...json, 'content-encoding': 'br' }),
    'garbled',
    /encoding br/,
  ],
  [
    'a redirect elsewhere',
    send(302, '', { location: 'http://127.0.0.1:1/steal' }),
    'garbled',
    /redirect, which is not followed/,
  ],
  ['no content', send(204, ''), 'garbled', /HTTP 204/],
  [
    'no answer that is HTTP',
    (response) => void response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n'),
    'garbled',
    /HTTP/,
  ],
  ['a closed door', (response) => void response.socket?.destroy(), 'unreachable', /./],
  [
    '403',
    send(403, '{"kind":"Status","message":"pods is forbidden"}'),
    'forbidden',
    /^HTTP 403: pods is forbidden$/,
  ],
  ['401', send(401, '{"kind":"Status","message":"Unauthorized"}'), 'forbidden', /^HTTP 401/],
  ['404', send(404, '404 page not found\n', {}), 'not-served', /does not serve pods/],
  ['429 without end', send(429, 'slow down', {}), 'refused', /HTTP 429: slow down/],
  ['429 for an hour', send(429, '', { 'retry-after': '3600' }), 'refused', /HTTP 429/],
  ['500', send(500, page, { 'content-type': 'text/html' }), 'refused', /HTTP 500: a web page/],
  ['410 again and again', send(410, '{"kind":"Status","message":"too old"}'), 'refused', /HTTP 410: too old/],
  [
    'a message without end',
    send(403, `${'x'.repeat(100_000)}\n\n`, {}),
    'forbidden',
    /^HTTP 403: x{280,290}…$/,
  ],
]

let server: FakeApiServer
let api: ClusterApi
const open: ClusterApi[] = []

async function connect(clock: Clock = systemClock, changed: Partial<ApiConnection> = {}) {
  const cluster = await connectToCluster(fakeConnection(server, changed), { clock, random: () => 0 })
  open.push(cluster.api)
  return cluster.api
}
const answerWith = (answer: Answer) => {
  server.intercept = (request, response) => {
    answer(response, request)
    return true
  }
}

beforeEach(async () => {
  server = await startFakeApiServer()
  populate(server)
  api = await connect()
})
afterEach(async () => {
  // Whatever happened: a patrol only reads.
  expect(new Set(server.requests.map(({ method }) => method))).toEqual(new Set(['GET']))
  await Promise.all(open.splice(0).map((each) => each.close()))
  await server.close()
})

describe('a server that answers with', () => {
  it.each(BAD)('%s leaves a gap, and is well again afterwards', async (_, answer, why, detail) => {
    answerWith(answer)
    const { gap, value } = await api.list('pods')
    expect(value).toBeUndefined()
    expect(gap).toEqual({ part: 'pods', why, detail: expect.stringMatching(detail) })
    server.intercept = undefined
    expect((await api.list('pods')).value?.objects).toHaveLength(7)
  })

  it('an object that cannot be understood leaves that object out, and counts it', async () => {
    answerWith(send(200, listOf(`${pod},{"metadata":{"name":7}},null,{"spec":1},${pod}`)))
    expect((await api.list('pods')).value).toMatchObject({ unreadable: 3, objects: [{}, {}] })
  })

  it('pages that are too large is asked for smaller ones', async () => {
    const small = await connectToCluster(fakeConnection(server), {
      clock: systemClock,
      random: () => 0,
      mostPageBytes: 900,
    })
    open.push(small.api)
    expect((await small.api.list('pods')).value?.objects).toHaveLength(7)
    expect(server.requests.some(({ url }) => url.includes('limit=1&'))).toBe(true)
  })

  it('one object that is too large leaves a gap', async () => {
    answerWith(
      send(200, gzipSync(listOf(`"${' '.repeat(70 * 1024 * 1024)}"`)), {
        ...json,
        'content-encoding': 'gzip',
      }),
    )
    expect((await api.list('nodes')).gap).toMatchObject({ why: 'too-large' })
  })

  it('429 and 503 for a while is asked again, after the time it wants', async () => {
    const clock = manualClock()
    const patient = await connect(clock)
    let refusals = 0
    server.intercept = (_, response) => {
      if (refusals++ >= 2) return false
      response.writeHead(refusals === 1 ? 429 : 503, { 'retry-after': '7' }).end()
      return true
    }
    const listed = patient.list('pods')
    const begunAt = clock.now()
    await until(
      () => refusals === 3,
      () => clock.pass(100),
    )
    expect((await listed).value?.objects).toHaveLength(7)
    expect(clock.now() - begunAt).toBeGreaterThanOrEqual(14_000)
  })

  it('nothing, ever, is given up after its time', async () => {
    const clock = manualClock()
    const patient = await connect(clock)
    server.intercept = () => true
    const listed = patient.list('pods')
    await until(() => server.requests.at(-1)?.url.includes('/pods') === true)
    clock.pass(30_000)
    expect((await listed).gap).toMatchObject({ why: 'timed-out', detail: 'no complete answer within 30 s' })
  })

  it('a byte now and then is given up after its time', async () => {
    const clock = manualClock()
    const patient = await connect(clock)
    let sent = 0
    answerWith((response) => {
      response.writeHead(200, json)
      const drip = () => !response.destroyed && (sent++, response.write(' ', () => setImmediate(drip)))
      drip()
    })
    const listed = patient.list('pods')
    await until(() => sent > 10)
    clock.pass(30_000)
    expect((await listed).gap).toMatchObject({ why: 'timed-out' })
  })
})

describe('an older server', () => {
  it('gives VolumeAttachments as v1beta1', async () => {
    server.unserved.add('storage.k8s.io/v1')
    expect((await api.list('volumeattachments')).value?.objects).toHaveLength(1)
    expect((await api.list('storageclasses')).gap).toMatchObject({ why: 'not-served' })
    const watched = api.watch('volumeattachments')
    await until(() => watched.state().phase === 'live')
    expect(watched.objects()[0]?.metadata.finalizers).toEqual(['external-attacher/csi-example'])
    watched.stop()
  })
})

describe('lists that change while they are read', () => {
  it('begin again with larger pages when the server has forgotten where they were', async () => {
    const paged = await connectToCluster(fakeConnection(server), {
      clock: systemClock,
      random: () => 0,
      pageSize: 2,
    })
    open.push(paged.api)
    let pages = 0
    server.intercept = () => {
      if (++pages === 2) server.forgetLists()
      return false
    }
    expect((await paged.api.list('pods')).value?.objects).toHaveLength(7)
    expect(server.requests.map(({ url }) => /limit=\d+/.exec(url)?.[0]).filter(Boolean)).toEqual([
      'limit=2',
      'limit=2',
      'limit=8',
    ])
  })
})

describe('connecting', () => {
  const failure = (changed: Partial<ApiConnection>) =>
    connect(systemClock, changed).then(
      () => undefined,
      (cause: unknown) => cause,
    )
  const token = (claims: object) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`
  const bearer = (text: string) => fixedCredentials({ authorization: `Bearer ${text}` })

  it.each<[string, () => Partial<ApiConnection>, string]>([
    ['nobody listens', () => ({ server: new URL('https://127.0.0.1:1') }), 'KP_API_UNREACHABLE'],
    ['another authority', () => ({ authorities: makeAuthority().certificate }), 'KP_API_UNTRUSTED'],
    ['another name', () => ({ serverName: 'kubernetes.example' }), 'KP_API_UNTRUSTED'],
    ['no TLS', () => ({ server: new URL(server.url.replace('https', 'http')) }), 'KP_API_UNREACHABLE'],
    ['an unknown token', () => ({ credentials: bearer('secret-nobody-knows') }), 'KP_API_UNAUTHORIZED'],
    [
      'a token that has run out',
      () => ({ credentials: bearer(token({ exp: 1_700_000_000 })) }),
      'KP_CREDENTIALS_EXPIRED',
    ],
    [
      'a certificate that has run out',
      () => {
        const own = server.authority.issue({ commonName: 'patrol', notAfter: new Date(Date.now() - 1000) })
        return { credentials: fixedCredentials({ clientCertificate: own }) }
      },
      'KP_CREDENTIALS_EXPIRED',
    ],
    [
      'a sign-in page',
      () => {
        answerWith(send(200, page, { 'content-type': 'text/html' }))
        return {}
      },
      'KP_API_NOT_KUBERNETES',
    ],
    [
      'a proxy that is not there',
      () => ({ proxy: new URL('http://user:hidden-word@127.0.0.1:1') }),
      'KP_API_UNREACHABLE',
    ],
  ])('says what is wrong when there is %s', async (_, changed, code) => {
    const cause = (await failure(changed())) as { code: string; describe(language: 'en' | 'zh-CN'): string }
    expect(cause).toMatchObject({ code })
    expect(`${cause.describe('en')}${cause.describe('zh-CN')}`).not.toMatch(
      /secret-nobody-knows|hidden-word|x\.eyJ/,
    )
  })

  it('works with a client certificate, and with a server that is not checked', async () => {
    const own = server.authority.issue({ commonName: 'patrol', organization: 'operators' })
    await expect(
      connect(systemClock, { credentials: fixedCredentials({ clientCertificate: own }) }),
    ).resolves.toBeDefined()
    const { authorities: _, ...rest } = fakeConnection(server)
    const unchecked = connectToCluster(
      { ...rest, isCertificateChecked: false },
      { clock: systemClock, random: () => 0 },
    )
    open.push((await unchecked).api)
  })

  it('knows an expired server certificate', async () => {
    const old = await startFakeApiServer({ notAfter: new Date(Date.now() - 1000) })
    const connecting = connectToCluster(fakeConnection(old), { clock: systemClock, random: () => 0 })
    await expect(connecting).rejects.toMatchObject({ code: 'KP_API_UNTRUSTED' })
    await old.close()
  })
})

describe('nodes', () => {
  it('that hang delay no other', async () => {
    const clock = manualClock()
    const asking = await connectToCluster(fakeConnection(server), {
      clock,
      random: () => 0,
      nodeWidths: { fast: 4, slow: 40, slowAfterMs: 1000 },
    })
    open.push(asking.api)
    const names = Array.from({ length: 40 }, (_, index) => `node-${index}`)
    for (const name of names.slice(0, 20)) server.kubelets.set(name, { summary: () => HANGS })
    for (const name of names.slice(20)) server.kubelets.set(name, sampleKubelet(name))
    const begunAt = clock.now()
    let answered = 0
    const summaries = names.map((name) =>
      asking.api.nodes.summary(name).then((answer) => {
        if (answer.value !== undefined) answered++
        return answer
      }),
    )
    // Five times four that hang make room after a second each.
    await until(
      () => answered === 20,
      () => clock.now() - begunAt < 6000 && clock.pass(20),
    )
    await until(
      () => clock.pending() === 0,
      () => clock.pass(20),
    )
    const gaps = (await Promise.all(summaries)).flatMap(({ gap }) => gap ?? [])
    expect(gaps).toHaveLength(20)
    expect(gaps[0]).toMatchObject({ part: 'stats/summary', node: 'node-0', why: 'timed-out' })
  })

  it('are asked for pieces of a log', async () => {
    server.kubelets.set('node-0', { logs: { 'pods/a b.log': '0123456789' } })
    const read = async (from: number, most: number) => {
      const { value } = await api.nodes.log('node-0', 'pods/../pods/a b.log', from, most)
      return value && [Buffer.from(value.bytes).toString(), value.sizeBytes]
    }
    expect(await read(0, 4)).toBeUndefined()
    server.kubelets.set('node-0', { logs: { 'pods/pods/a b.log': '0123456789' } })
    expect(await read(0, 4)).toEqual(['0123', 10])
    expect(await read(8, 4)).toEqual(['89', 10])
    expect(await read(-3, 100)).toEqual(['789', 10])
    expect(await read(-50, 100)).toEqual(['0123456789', 10])
    expect(await read(10, 4)).toEqual(['', 10])
    expect((await api.nodes.log('node-0', 'absent', 0, 10)).gap).toMatchObject({
      part: 'logs',
      why: 'not-served',
    })
  })

  it('whose names are hostile stay names', async () => {
    for (const name of ['..', '../../../secrets', 'a/b', 'a?x=1', 'a#b', '', '%2e%2e', 'é\u0000']) {
      const { gap } = await api.nodes.summary(name)
      expect(gap?.node).toBe(name)
    }
    const asked = server.requests.map(({ url }) => url).filter((url) => url.includes('proxy'))
    for (const url of asked) expect(url).toMatch(/^\/api\/v1\/nodes\/[^/?#]+\/proxy\/stats\/summary$/)
  })

  it.each([
    [503, 'unreachable'],
    [502, 'unreachable'],
    [504, 'timed-out'],
    [403, 'forbidden'],
    [401, 'forbidden'],
    [404, 'not-served'],
  ])('answered for with HTTP %i are %s', async (status, why) => {
    answerWith(send(status, 'error trying to reach service: dial tcp 10.0.0.7:10250: i/o timeout', {}))
    expect((await api.nodes.summary('node-0')).gap).toMatchObject({ node: 'node-0', why })
  })
})
