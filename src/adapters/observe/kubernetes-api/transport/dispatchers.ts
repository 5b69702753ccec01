import { rootCertificates } from 'node:tls'
import { Agent, ProxyAgent, type Dispatcher } from '../../../http-client/http-client.ts'
import type { ApiConnection, ClientCertificate } from '../connection.ts'

/** Watches, lists, and nodes that are asked at once, slow ones too. */
const MOST_CONNECTIONS = 128
const CONNECT_TIMEOUT_MS = 10_000
const KEEP_ALIVE_MS = 30_000
const MOST_HEADER_BYTES = 64 * 1024

/** Opens connections to an API server as this client. A time limit on an answer is the caller's. */
export function openDispatcher(
  connection: ApiConnection,
  clientCertificate: ClientCertificate | undefined,
): Dispatcher {
  const tls = {
    rejectUnauthorized: connection.isCertificateChecked,
    ...(connection.authorities === undefined ? {} : { ca: connection.authorities }),
    ...(connection.serverName === undefined ? {} : { servername: connection.serverName }),
    ...(clientCertificate === undefined
      ? {}
      : { cert: clientCertificate.certificate, key: clientCertificate.key }),
  }
  const pool = {
    connections: MOST_CONNECTIONS,
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MOST_HEADER_BYTES,
  }
  if (connection.proxy === undefined) {
    return new Agent({ ...pool, connect: { ...tls, timeout: CONNECT_TIMEOUT_MS } })
  }
  const { address, token } = withoutCredentials(connection.proxy)
  return new ProxyAgent({
    ...pool,
    uri: address,
    ...(token === undefined ? {} : { token }),
    requestTls: tls,
    ...(connection.proxy.protocol === 'https:' ? { proxyTls: proxyTls(connection) } : {}),
    proxyTunnel: true,
  })
}

function proxyTls({ authorities, isCertificateChecked }: ApiConnection) {
  return {
    rejectUnauthorized: isCertificateChecked,
    timeout: CONNECT_TIMEOUT_MS,
    // The authority of the cluster speaks for its proxy too, as it does with kubectl.
    ...(authorities === undefined ? {} : { ca: [...rootCertificates, authorities] }),
  }
}

/** What an HTTP proxy is shown stands in a header; a name without a password counts, too. SOCKS has it in the address. */
function withoutCredentials(proxy: URL): { address: string; token?: string } {
  if (proxy.username === '' || proxy.protocol === 'socks5:') return { address: proxy.href }
  const address = new URL(proxy)
  address.username = ''
  address.password = ''
  const shown = `${decoded(proxy.username)}:${decoded(proxy.password)}`
  return { address: address.href, token: `Basic ${Buffer.from(shown).toString('base64')}` }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
