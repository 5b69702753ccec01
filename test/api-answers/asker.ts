import { Agent, request } from 'node:https'
import { once } from 'node:events'
import type { Ask } from './play.ts'

/** How a server is reached: an administrator's certificate, or a token. */
export interface Access {
  server: string
  authority: string | Buffer
  certificate?: Buffer
  key?: Buffer
  token?: string
}

/** Asks a server over HTTPS, one request after the other; `close` ends its connections. */
export function asker({ server, authority, certificate, key, token }: Access): { ask: Ask; close(): void } {
  const agent = new Agent({
    ca: authority,
    ...(certificate && { cert: certificate }),
    ...(key && { key }),
    keepAlive: true,
  })
  const ask: Ask = async ({ method, path, headers, body }) => {
    const sent = {
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      // Node.js says of a deletion no length by itself: its body would be read as the next request.
      ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
    }
    const asking = request(new URL(path, server), { agent, method, headers: sent })
    asking.end(body)
    const [response] = (await once(asking, 'response')) as [
      AsyncIterable<Buffer> & { statusCode: number; headers: Record<string, string> },
    ]
    const pieces: Buffer[] = []
    for await (const piece of response) pieces.push(piece)
    return {
      status: response.statusCode,
      contentType: response.headers['content-type'] ?? '',
      text: Buffer.concat(pieces).toString(),
    }
  }
  return { ask, close: () => agent.destroy() }
}

/** How the server of a kubeconfig in JSON is reached. */
export function accessOf(kubeconfig: string): Access {
  const { clusters, users } = JSON.parse(kubeconfig) as {
    clusters: { cluster: { server: string; 'certificate-authority-data': string } }[]
    users: { user: { 'client-certificate-data': string; 'client-key-data': string } }[]
  }
  const decoded = (text = '') => Buffer.from(text, 'base64')
  return {
    server: clusters[0]?.cluster.server ?? '',
    authority: decoded(clusters[0]?.cluster['certificate-authority-data']),
    certificate: decoded(users[0]?.user['client-certificate-data']),
    key: decoded(users[0]?.user['client-key-data']),
  }
}
