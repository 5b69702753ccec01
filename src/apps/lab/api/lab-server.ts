import { randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { coded } from '../../../core/errors/kubepatrol-error.ts'
import { ApiRefusal, noSuchResource } from '../store/api-refusal.ts'
import type { ServedResource } from '../store/resources.ts'
import { sendJson, sendNoSuchPage, sendRefusal } from './answers.ts'
import { objectPath, readBody, type ObjectPath } from './api-request.ts'
import { makeAuthority } from './certificates.ts'
import { discovery, servedAt } from './discovery.ts'
import { kubeconfigText } from './kubeconfig-text.ts'
import type { LabCluster } from './lab-cluster.ts'
import { isReview, review } from './reviews.ts'
import { objectServer } from './serve-objects.ts'
import { minorOf, servedIn } from './served-versions.ts'

/** An API server of the lab that is running. */
export interface LabServer {
  url: string
  /** PEM, of the authority that issued its certificate. */
  authority: string
  token: string
  kubeconfig: string
  close(): Promise<void>
}

/** Serves a cluster over HTTPS on loopback; port 0 for any free one. @throws {KubepatrolError} KP_PORT_IN_USE */
export async function startLabServer(cluster: LabCluster, port = 0): Promise<LabServer> {
  const authority = makeAuthority()
  const own = authority.issue({ commonName: 'kube-apiserver', hosts: ['127.0.0.1', 'localhost'] })
  const token = randomBytes(24).toString('base64url')
  const serveObjects = objectServer(cluster)
  const server = createServer({ cert: own.certificate, key: own.key }, (request, response) => {
    response.on('error', () => undefined)
    serve(request, response).catch((failure: unknown) => refuse(response, failure))
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isKnown(request, token)) throw new ApiRefusal('Unauthorized', 'Unauthorized')
    const { pathname, searchParams } = new URL(`https://lab${request.url ?? '/'}`)
    if (request.method === 'GET' && servePlain(cluster, pathname, response)) return
    if (isReview(pathname) && request.method === 'POST') {
      return sendJson(response, JSON.stringify(review(pathname, await readBody(request), token)), {
        status: 201,
      })
    }
    const { path, query } = watchedInTheOldWay(pathname, searchParams)
    const served = servedIn(cluster.store.resources(), minorOf(cluster.version))
    const resource = path && servedAt(served, path)
    const isMisplaced = resource?.isNamespaced === false && path?.namespace !== undefined
    if (path === undefined || resource === undefined || isMisplaced) {
      if (isOfKubernetes(served, pathname)) throw noSuchResource()
      return sendNoSuchPage(response)
    }
    await serveObjects({ resource, path, query, request, response })
  }

  server.listen(port, '127.0.0.1')
  await once(server, 'listening').catch((failure: NodeJS.ErrnoException) => {
    throw failure.code === 'EADDRINUSE' ? coded('KP_PORT_IN_USE', { port }, failure) : failure
  })
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    authority: authority.certificate,
    token,
    kubeconfig: kubeconfigText({ url, authority, token }),
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** `/api/v1/watch/…`, as it was asked before lists could be watched, as what it means today. */
function watchedInTheOldWay(
  pathname: string,
  query: URLSearchParams,
): { path: ObjectPath | undefined; query: URLSearchParams } {
  const plain = pathname.replace(/^(\/(?:api|apis\/[^/]+)\/v\d+\w*)\/watch\//, '$1/')
  const path = objectPath(plain)
  if (plain === pathname || path === undefined) return { path, query }
  const { object, ...collection } = path
  const watched = new URLSearchParams(query)
  watched.set('watch', 'true')
  if (object !== undefined) watched.set('fieldSelector', `metadata.name=${object}`)
  return { path: collection, query: watched }
}

/** Whether Kubernetes itself serves the group of a path: then it says in an object that something is not there. */
function isOfKubernetes(resources: readonly ServedResource[], pathname: string): boolean {
  const [, root, group] = pathname.split('/')
  if (root === 'api') return true
  return root === 'apis' && resources.some((one) => one.custom === undefined && one.group === group)
}

/** What is asked before objects are; true when it is answered. */
function servePlain({ store, version }: LabCluster, pathname: string, response: ServerResponse): boolean {
  if (pathname === '/version') {
    const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version) ?? []
    sendJson(response, JSON.stringify({ major, minor, gitVersion: version, platform: 'linux/amd64' }))
  } else if (/^\/(healthz|livez|readyz)$/.test(pathname)) {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('ok')
  } else if (pathname === '/openapi/v2') {
    // Without a schema of a kind kubectl does not check its fields: an empty message of Protocol Buffers is such a document.
    const type = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf'
    response.writeHead(200, { 'content-type': type, 'content-length': 0 }).end()
  } else {
    const minor = minorOf(version)
    const found = discovery(servedIn(store.resources(), minor), pathname, minor)
    if (found !== undefined) sendJson(response, JSON.stringify(found))
    return found !== undefined
  }
  return true
}

function isKnown({ headers }: IncomingMessage, token: string): boolean {
  const shown = Buffer.from(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '')
  return shown.length === token.length && timingSafeEqual(shown, Buffer.from(token))
}

function refuse(response: ServerResponse, failure: unknown): void {
  if (response.headersSent) return void response.destroy()
  const refusal =
    failure instanceof ApiRefusal
      ? failure
      : new ApiRefusal(
          'InternalError',
          `Internal error occurred: ${failure instanceof Error ? failure.message : ''}`,
        )
  sendRefusal(response, refusal)
}
