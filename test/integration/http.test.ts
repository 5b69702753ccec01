import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IncidentList } from '../../src/http/list-contract.ts'
import { PATHS } from '../../src/http/paths.ts'
import { createPatrolServer, type PatrolServer } from '../../src/http/server.ts'
import { newToken } from '../../src/http/session.ts'
import { fakeView } from './fake-view.ts'

const token = newToken()
const view = fakeView()
let webRoot = ''
let server: PatrolServer
let port = 0

beforeAll(async () => {
  webRoot = await mkdtemp(path.join(tmpdir(), 'kubepatrol-web-'))
  await mkdir(path.join(webRoot, 'assets'))
  await writeFile(path.join(webRoot, 'index.html'), '<title>the page</title>')
  await writeFile(path.join(webRoot, 'assets/a.js'), '1')
  server = await createPatrolServer({ view, token, webRoot, version: '0' })
  port = await server.listen(0)
})
afterAll(async () => {
  await server.close()
  await rm(webRoot, { recursive: true })
})

interface Answer {
  status: number
  headers: IncomingMessage['headers']
  body: string
}

/** Asks with headers that a browser's fetch would not let us set. */
function ask(
  target: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: target, method, headers }, (response) => {
      let text = ''
      response.on('data', (piece: Buffer) => (text += piece.toString()))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Sends bytes that are no request a client library would make. @returns the answer, headers and all */
function send(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port })
    let answer = ''
    socket.on('data', (piece: Buffer) => (answer += piece.toString()))
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
    socket.end(text)
  })
}

const authorization = { Authorization: `Bearer ${token}` }
const json = { 'Content-Type': 'application/json' }

describe('who may ask', () => {
  it.each([
    PATHS.status,
    PATHS.incidents,
    PATHS.nodes,
    PATHS.changes,
    PATHS.deliveries,
    PATHS.findings,
    PATHS.stream,
    PATHS.openapi,
    '/api/v1/nothing',
  ])('%s needs the token', async (target) => {
    expect(await ask(target)).toMatchObject({ status: 401 })
    expect(await ask(target, { Authorization: 'Bearer wrong' })).toMatchObject({ status: 401 })
    expect(JSON.parse((await ask(target)).body)).toMatchObject({ code: 'KP_UNAUTHORIZED' })
  })

  it('lets in who has it, and says so in the language asked for', async () => {
    const answer = await ask(PATHS.incidents, authorization)
    expect(answer.status).toBe(200)
    expect(IncidentList.parse(JSON.parse(answer.body)).items).toHaveLength(1)
    expect((await ask(`${PATHS.incidents}?lang=zh-CN`, authorization)).body).toContain('etcd 超出空间配额')
    expect((await ask(PATHS.incidents, { ...authorization, 'Accept-Language': 'zh' })).body).toContain(
      'etcd 超出空间配额',
    )
    expect((await ask(`${PATHS.incidents}?lang=tlh`, authorization)).status).toBe(400)
  })

  it('exchanges the token for a cookie that scripts cannot read and other sites do not send', async () => {
    const begun = await ask(PATHS.session, json, 'POST', JSON.stringify({ token }))
    expect(begun.status).toBe(204)
    const cookie = begun.headers['set-cookie']?.[0] ?? ''
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    expect(cookie).not.toContain(token)
    expect((await ask(PATHS.status, { Cookie: cookie.split(';')[0] ?? '' })).status).toBe(200)
  })

  it.each(['{"token":"wrong"}', '{}', 'no json', 'x'.repeat(20_000)])(
    'begins no session for %.20s',
    async (body) => {
      const { status, headers } = await ask(PATHS.session, json, 'POST', body)
      expect([400, 401]).toContain(status)
      expect(headers['set-cookie']).toBeUndefined()
    },
  )
})

describe('from where', () => {
  it.each(['localhost', '127.0.0.1', '[::1]'])('serves the host %s', async (name) => {
    expect((await ask('/', { Host: `${name}:${port}` })).status).toBe(200)
  })

  it.each([
    'evil.example',
    `evil.example:PORT`,
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.:PORT',
    '0.0.0.0:PORT',
  ])('refuses the host %j', async (name) => {
    const { status } = await ask(PATHS.status, { ...authorization, Host: name.replace('PORT', String(port)) })
    expect([400, 403]).toContain(status)
  })

  it.each([
    ['without a host', 'GET /api/v1/status HTTP/1.1\r\n'],
    ['with an empty host', 'GET /api/v1/status HTTP/1.1\r\nHost:\r\n'],
    ['with a host that is none', 'GET /api/v1/status HTTP/1.1\r\nHost: a b/\r\n'],
    [
      'for another host by name',
      'GET http://evil.example/api/v1/status HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n',
    ],
    [
      'for another host by the second of two',
      'GET /api/v1/status HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1:PORT\r\n',
    ],
  ])('refuses a request %s', async (_, head) => {
    const rest = `Authorization: Bearer ${token}\r\nConnection: close\r\n\r\n`
    const answer = await send(head.replace('PORT', String(port)) + rest)
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
    expect(answer).toContain('KP_FORBIDDEN')
    expect(answer.toLowerCase()).toContain('content-security-policy')
  })

  it('serves a link from elsewhere to the page, but nothing else that is asked from there', async () => {
    const link = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', Accept: 'text/html' }
    expect((await ask('/', link)).status).toBe(200)
    expect((await ask(PATHS.session, { ...json, ...link }, 'POST', '{}')).status).toBe(403)
    expect((await ask(PATHS.status, { ...authorization, 'Sec-Fetch-Site': 'same-site' })).status).toBe(403)
    expect((await ask(PATHS.status, { ...authorization, Origin: 'null' })).status).toBe(403)
  })

  it('refuses another site', async () => {
    expect((await ask(PATHS.status, { ...authorization, Origin: 'http://evil.example' })).status).toBe(403)
    expect((await ask(PATHS.status, { ...authorization, 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect((await ask(PATHS.status, { ...authorization, Origin: `http://localhost:${port}` })).status).toBe(
      200,
    )
  })
})

describe('what is served', () => {
  it('is the page, with rules for what it may never do', async () => {
    const { headers, body } = await ask('/')
    expect(body).toContain('the page')
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['content-security-policy']).not.toContain('wasm')
    expect(headers['x-content-type-options']).toBe('nosniff')
    const worker = await ask('/assets/explain-worker-1.js')
    expect(worker.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
    )
    expect((await ask('/assets/a.js')).headers['cache-control']).toContain('immutable')
    expect((await ask('/incidents/1', { Accept: 'text/html' })).body).toContain('the page')
  })

  it.each([
    '/../../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/..%2f..%2fetc/passwd',
    '/nothing.js',
  ])('is nothing outside the page: %s', async (target) => {
    expect((await ask(target)).status).toBe(404)
  })

  it('answers a name that does not exist with a code', async () => {
    const answer = await ask(PATHS.incident.replace('{id}', 'none'), authorization)
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'KP_NO_SUCH_THING' })
    expect((await ask(PATHS.usage.replace('{name}', 'n1'), authorization)).status).toBe(200)
    expect((await ask(PATHS.usage.replace('{name}', 'n2'), authorization)).status).toBe(404)
    expect((await ask(PATHS.forecast.replace('{name}', 'n1'), authorization)).status).toBe(200)
    expect((await ask(PATHS.forecast.replace('{name}', 'n2'), authorization)).status).toBe(404)
  })

  it('describes itself, every path with its parameters', async () => {
    const { paths } = JSON.parse((await ask(PATHS.openapi, authorization)).body) as {
      paths: Record<string, { get?: { parameters?: { name: string; in: string }[] } }>
    }
    const { openapi: _, rounds: servedToAgents, ...described } = PATHS
    expect(paths).not.toHaveProperty(servedToAgents)
    expect(Object.keys(paths).toSorted()).toEqual(Object.values(described).toSorted())
    const named = paths[PATHS.incident]?.get?.parameters?.filter((parameter) => parameter.in === 'path')
    expect(named).toMatchObject([{ name: 'id' }])
  })

  it('answers HEAD as GET, without a body', async () => {
    expect(await ask('/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect(await ask(PATHS.status, authorization, 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect(await ask(PATHS.stream, authorization, 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect(view.listeners()).toBe(0)
  })

  it('says that it is alive, to anybody', async () => {
    expect(await ask('/healthz')).toMatchObject({ status: 200, body: 'ok' })
    expect((await ask('/readyz')).status).toBe(200)
  })

  it('keeps what it knows out of caches', async () => {
    for (const target of [PATHS.status, PATHS.nodes, PATHS.openapi]) {
      expect((await ask(target, authorization)).headers['cache-control']).toBe('no-store')
    }
  })

  it('tells of every round, and forgets a page that is gone', async () => {
    const stream = await new Promise<IncomingMessage>((resolve) => {
      request({ host: '127.0.0.1', port, path: PATHS.stream, headers: authorization }, resolve).end()
    })
    const heard = new Promise<string>((resolve) => {
      let text = ''
      stream.on('data', (piece: Buffer) => {
        text += piece.toString()
        if (text.includes('hello') && !text.includes('round')) view.goRound()
        if (text.includes('event: round')) resolve(text)
      })
    })
    expect(await heard).toContain('"round":1')
    stream.on('error', () => {})
    stream.destroy()
    await expect.poll(() => view.listeners()).toBe(0)
  })
})

describe('many pages', () => {
  const open = () =>
    new Promise<IncomingMessage>((resolve) => {
      request({ host: '127.0.0.1', port, path: PATHS.stream, headers: authorization }, (stream) => {
        stream.on('error', () => {})
        resolve(stream)
      }).end()
    })

  it('are told until there are too many, and make room when they go', async () => {
    const warnings: Error[] = []
    const hear = (warning: Error) => warnings.push(warning)
    process.on('warning', hear)
    const streams = await Promise.all(Array.from({ length: 64 }, open))
    expect(streams.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 64 }, () => 200))
    const tooMany = await ask(PATHS.stream, authorization)
    expect(tooMany.status).toBe(503)
    expect(JSON.parse(tooMany.body)).toMatchObject({ code: 'KP_BUSY' })
    for (const stream of streams) stream.destroy()
    await expect.poll(() => view.listeners()).toBe(0)
    const next = await open()
    expect(next.statusCode).toBe(200)
    next.destroy()
    await expect.poll(() => view.listeners()).toBe(0)
    expect(warnings).toEqual([])
    process.off('warning', hear)
  })

  it('that do not read miss rounds; nothing piles up for them, and they can go', async () => {
    const slow = await open()
    slow.pause()
    for (let round = 0; round < 100_000; round++) view.goRound()
    await new Promise((resolve) => setTimeout(resolve, 100))
    let text = ''
    slow.on('data', (piece: Buffer) => (text += piece.toString())).resume()
    await expect.poll(() => text).toContain('event: round')
    expect(text.split('event: round').length - 1).toBeLessThan(1000)
    slow.destroy()
    await expect.poll(() => view.listeners()).toBe(0)
  })
})

describe('the server', () => {
  it('takes the same port on both loopback addresses, even if the first that is free is not', async () => {
    const others = await Promise.all(
      Array.from({ length: 8 }, () => createPatrolServer({ view, token, webRoot, version: '0' })),
    )
    const ports = await Promise.all(others.map((other) => other.listen(0)))
    expect(new Set(ports).size).toBe(8)
    await Promise.all(others.map((other) => other.close()))
  })

  it('lets go of the one address when the other is taken', async () => {
    const blocker = createServer()
    const taken = await new Promise<number | undefined>((resolve) => {
      blocker.on('error', () => resolve(undefined))
      blocker.listen(0, '::1', () => resolve((blocker.address() as { port: number }).port))
    })
    // A machine without IPv6 has no other address.
    if (taken === undefined) return
    const other = await createPatrolServer({ view, token, webRoot, version: '0' })
    await expect(other.listen(taken)).rejects.toMatchObject({ code: 'KP_PORT_IN_USE' })
    await new Promise((resolve) => blocker.close(resolve))
    expect(await other.listen(taken)).toBe(taken)
    await other.close()
  })

  it('says so when the port is in use', async () => {
    const second = await createPatrolServer({ view, token, webRoot, version: '0' })
    await expect(second.listen(port)).rejects.toMatchObject({ code: 'KP_PORT_IN_USE' })
    await second.close()
  })

  it('ends at once, even while a page listens', async () => {
    const other = await createPatrolServer({ view, token, webRoot, version: '0' })
    const otherPort = await other.listen(0)
    const stream = await new Promise<IncomingMessage>((resolve) => {
      request(
        { host: '127.0.0.1', port: otherPort, path: PATHS.stream, headers: authorization },
        resolve,
      ).end()
    })
    const ended = new Promise<void>((resolve) =>
      stream
        .on('error', () => resolve())
        .on('close', () => resolve())
        .resume(),
    )
    await other.close()
    await ended
  })
})
