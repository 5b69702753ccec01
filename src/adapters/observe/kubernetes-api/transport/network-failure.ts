import { ApiFailure } from '../api-failure.ts'

const UNTRUSTED =
  /^(?:ERR_TLS_CERT|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER|GET_CRL|DECRYPT|DECODE)|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH)/
/** The server ends the handshake over the client's certificate. */
const CERTIFICATE_REFUSED = /^ERR_SSL_.*(?:ALERT_(?:BAD|UNSUPPORTED|UNKNOWN)_C|ALERT_CERTIFICATE|UNKNOWN_CA)/
const NOT_HTTP = /^(?:HPE_|EPROTO$|ERR_SSL_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH)/
const BROKEN = /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_DESTROYED|UND_ERR_CLOSED)$/

/** In the words of undici. */
const PROXY_REFUSED = /^Proxy response \((\d{3})\)/

/** What an error of the network, of TLS or of HTTP means. */
export function networkFailure(cause: unknown): ApiFailure {
  if (cause instanceof ApiFailure) return cause
  const error = innermost(cause)
  const code = error.code ?? ''
  const detail = error.message === '' ? code : error.message
  const refused = PROXY_REFUSED.exec(detail)?.[1]
  if (refused !== undefined)
    return new ApiFailure('unreachable', `the proxy answers with HTTP ${refused}`, {}, cause)
  if (UNTRUSTED.test(code)) return new ApiFailure('unreachable', detail, { isUntrusted: true }, cause)
  if (CERTIFICATE_REFUSED.test(code))
    return new ApiFailure('forbidden', detail, { isUnauthorized: true }, cause)
  if (NOT_HTTP.test(code) || error.name === 'HTTPParserError')
    return new ApiFailure('garbled', detail, {}, cause)
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT')
    return new ApiFailure('timed-out', detail, {}, cause)
  return new ApiFailure('unreachable', detail, { isBroken: BROKEN.test(code) }, cause)
}

/** The error at the bottom: wrappers such as "fetch failed" say nothing. */
function innermost(error: unknown): {
  code?: string | undefined
  name?: string
  message: string
} {
  let inner = error as NodeJS.ErrnoException
  for (let depth = 0; depth < 5; depth++) {
    const next = inner instanceof AggregateError ? (inner.errors[0] as unknown) : inner.cause
    if (!(next instanceof Error)) break
    inner = next
  }
  return inner instanceof Error ? inner : { message: String(error) }
}
