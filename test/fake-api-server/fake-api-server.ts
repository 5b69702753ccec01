import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { sendJson } from '../../src/apps/lab/api/answers.ts'
import { sendStatus } from './answers.ts'
import { makeAuthority, type Authority } from '../../src/apps/lab/api/certificates.ts'
import { createObjectStore, type ObjectStore } from './object-store.ts'
import { discovery, SERVED } from './resources.ts'
import { listServer } from './serve-list.ts'
import { serveNode, type FakeKubelet } from './serve-node.ts'
import { watchServer, type OnTheWay, type OpenWatch } from './serve-watch.ts'

/** An API server of a test's own, on loopback. What it should do wrong is set on it. */
export interface FakeApiServer {
  readonly url: string
  /** Who issued its certificate, and accepted clients'. */
  readonly authority: Authority
  readonly token: string
  readonly store: ObjectStore
  readonly kubelets: Map<string, FakeKubelet>
  readonly requests: { method: string; url: string }[]
  readonly watches: ReadonlySet<OpenWatch>
  /** Resources that this user may not list. */
  readonly forbidden: Set<string>
  /** Group versions that are not served, as by an older server. */
  readonly unserved: Set<string>
  readonly tokens: Set<string>
  /** Answers in the server's place; true when it did. */
  intercept?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined
  /** What becomes of the lines of watches. */
  onTheWay?: OnTheWay | undefined
  /** Requests that are being answered; watches do not count. */
  busy(): number
  /** Forgets lists that are being read: going on with one is answered with 410. */
  forgetLists(): void
  close(): Promise<void>
}

/** Starts one; its certificate is for 127.0.0.1, or the hosts that are named. */
export async function startFakeApiServer({
  hosts = ['127.0.0.1', 'localhost'],
  notAfter,
}: { hosts?: readonly string[]; notAfter?: Date } = {}): Promise<FakeApiServer> {
  const authority = makeAuthority()
  const own = authority.issue({
    commonName: 'kube-apiserver',
    hosts,
    ...(notAfter === undefined ? {} : { notAfter }),
  })
  const store = createObjectStore()
  let answering = 0
  const lists = listServer(store)
  const watches = watchServer(store, () => fake.onTheWay)
  const server = createServer(
    {
      cert: own.certificate,
      key: own.key,
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: false,
    },
    (request, response) => {
      fake.requests.push({ method: request.method ?? '', url: request.url ?? '' })
      response.on('error', () => undefined)
      if (request.url?.includes('watch=') !== true) {
        answering++
        response.once('close', () => answering--)
      }
      if (!fake.intercept?.(request, response)) serve(request, response)
    },
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', fake.url)
    if (!isKnown(request, fake.tokens)) return sendStatus(response, 'Unauthorized', 'Unauthorized')
    if (request.method !== 'GET') return sendStatus(response, 'MethodNotAllowed', 'this patrol only reads')
    if (url.pathname === '/version')
      return sendJson(response, '{"major":"1","minor":"29","gitVersion":"v1.29.3-fake"}')
    const found = discovery(url.pathname)
    if (found !== undefined) return sendJson(response, JSON.stringify(found))
    const [, node, rest] = /^\/api\/v1\/nodes\/([^/]+)\/proxy\/(.+)$/.exec(url.pathname) ?? []
    if (node !== undefined && rest !== undefined) {
      if (fake.forbidden.has('nodes/proxy')) return refuse(response, 'nodes/proxy')
      const name = decodeURIComponent(node)
      return serveNode(fake.kubelets.get(name), { node: name, rest }, request, response)
    }
    serveObjects(url, request, response)
  }

  function serveObjects(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const [, groupVersion, namespace, name] =
      /^\/apis?\/((?:[^/]+\/)?v\d\w*)\/(?:namespaces\/([^/]+)\/)?([^/]+)$/.exec(url.pathname) ?? []
    const resource = SERVED.find((served) => served.groupVersion === groupVersion && served.name === name)
    if (resource === undefined || fake.unserved.has(resource.groupVersion)) {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404 page not found\n')
      return
    }
    if (fake.forbidden.has(resource.name)) return refuse(response, resource.name)
    const query = url.searchParams
    if (query.get('watch')) return watches.serve(resource, namespace, query, response)
    lists.serve(
      resource,
      namespace,
      query,
      response,
      request.headers['accept-encoding']?.includes('gzip') === true,
    )
  }

  const fake: FakeApiServer = {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authority,
    token: 'a-token-of-the-test',
    store,
    kubelets: new Map(),
    requests: [],
    watches: watches.open,
    forbidden: new Set(),
    unserved: new Set(),
    tokens: new Set(['a-token-of-the-test']),
    busy: () => answering,
    forgetLists: lists.forget,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return fake
}

function isKnown(request: IncomingMessage, tokens: ReadonlySet<string>): boolean {
  if ((request.socket as TLSSocket).authorized) return true
  return tokens.has(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
}

function refuse(response: ServerResponse, resource: string): void {
  const message = `${resource} is forbidden: User "patrol" cannot list resource "${resource}" at the cluster scope`
  sendStatus(response, 'Forbidden', message)
}
