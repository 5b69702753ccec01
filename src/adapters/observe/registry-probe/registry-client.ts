import { rootCertificates } from 'node:tls'
import { Agent, EnvHttpProxyAgent, request, type Dispatcher } from '../../http-client/http-client.ts'
import type { PullableReason } from '../../../core/observe/pullability.ts'
import { mayFollow } from './redirects.ts'

const TIME_LIMIT_MS = 10_000
const MOST_REDIRECTS = 3
/** No manifest is larger: registries refuse more than 4 MiB. */
const MOST_BYTES = 4 * 1024 * 1024
const MOST_HEADER_BYTES = 64 * 1024

const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
  '*/*',
].join(', ')

/** What a registry answered. */
export interface RegistryReply {
  status: number
  contentType: string
  /** What it calls the digest of what it has. */
  digest: string | undefined
  /** How it wants to be told who asks. */
  challenge: string
  body: Buffer
}

/** Asks one host of a registry, following redirects without what it was shown. */
export interface RegistryClient {
  ask(
    url: URL,
    how?: { isWhole?: boolean; token?: string },
  ): Promise<RegistryReply | { failed: PullableReason }>
  close(): Promise<void>
}

/** Connections to hosts that are trusted alike. Through the proxy of the environment, where it names one. */
export function registryClient(trust: {
  isCertificateChecked: boolean
  authorities: readonly string[]
}): RegistryClient {
  const tls = {
    rejectUnauthorized: trust.isCertificateChecked,
    ...(trust.authorities.length === 0 ? {} : { ca: [...rootCertificates, ...trust.authorities] }),
  }
  const pool = {
    connections: 2,
    maxHeaderSize: MOST_HEADER_BYTES,
    connect: { ...tls, timeout: TIME_LIMIT_MS },
  }
  const isProxied = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some(
    (name) => process.env[name],
  )
  const dispatcher: Dispatcher = isProxied
    ? new EnvHttpProxyAgent({ ...pool, requestTls: tls })
    : new Agent(pool)

  return {
    async ask(url, { isWhole = false, token } = {}) {
      try {
        const signal = AbortSignal.timeout(TIME_LIMIT_MS)
        let at = url
        for (let redirects = 0; ; redirects++) {
          const reply = await one(dispatcher, at, {
            isWhole,
            signal,
            token: at.host === url.host ? token : undefined,
          })
          const next = reply.location
          if (next === undefined) return reply
          if (redirects === MOST_REDIRECTS || !URL.canParse(next, at.href)) return { failed: 'garbled' }
          const target = new URL(next, at)
          if (!mayFollow(at, target)) return { failed: 'garbled' }
          at = target
        }
      } catch (cause) {
        return { failed: failureOf(cause) }
      }
    },
    close: () => dispatcher.close(),
  }
}

async function one(
  dispatcher: Dispatcher,
  url: URL,
  { isWhole, token, signal }: { isWhole: boolean; token: string | undefined; signal: AbortSignal },
): Promise<RegistryReply & { location?: string }> {
  const { statusCode, headers, body } = await request(url.href, {
    dispatcher,
    method: isWhole ? 'GET' : 'HEAD',
    signal,
    headers: { accept: MANIFESTS, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  })
  const header = (name: string) => {
    const value = headers[name]
    return Array.isArray(value) ? value[0] : value
  }
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of body as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > MOST_BYTES) throw new TooMuch()
    pieces.push(piece)
  }
  const location = [301, 302, 303, 307, 308].includes(statusCode) ? header('location') : undefined
  return {
    status: statusCode,
    contentType: header('content-type') ?? '',
    digest: header('docker-content-digest'),
    challenge: header('www-authenticate') ?? '',
    body: Buffer.concat(pieces),
    ...(location === undefined ? {} : { location }),
  }
}

/** More than a manifest can be. */
class TooMuch extends Error {}

function failureOf(cause: unknown): PullableReason {
  const { name, code = '' } = cause as NodeJS.ErrnoException
  if (
    cause instanceof TooMuch ||
    name === 'HTTPParserError' ||
    /^(?:HPE_|UND_ERR_HEADERS_OVERFLOW)/.test(code)
  ) {
    return 'garbled'
  }
  return name === 'TimeoutError' || /TIMEOUT|ETIMEDOUT/.test(code) ? 'timed-out' : 'unreachable'
}
