import type { Dispatcher } from '../../../http-client/http-client.ts'
import type { Clock } from '../../../../core/observe/clock.ts'
import { KubepatrolError } from '../../../../core/errors/kubepatrol-error.ts'
import { ApiFailure } from '../api-failure.ts'
import type { ApiConnection, ClientCertificate, Credentials, Presented } from '../connection.ts'
import { answerFailure, notJson } from './answer-failure.ts'
import type { ApiPath, ReviewPath } from './api-path.ts'
import { openDispatcher } from './dispatchers.ts'
import { networkFailure } from './network-failure.ts'
import { contentOf, readBeginning, readWhole } from './read-body.ts'
import { withPatience, type Patience, type Random } from './retry.ts'
import { timeLimit } from './time-limit.ts'

/** What a request is limited to. */
export interface Limits {
  mostBytes: number
  timeMs: number
  patience: Patience
  signal?: AbortSignal
}

interface RequestOptions {
  signal: AbortSignal
  headers?: Readonly<Record<string, string>>
  isProxied?: boolean
  /** What is posted; absent for a GET. */
  posted?: string
}

/** An answer whose body is still to be read. */
export interface OpenAnswer {
  status: number
  headers: Readonly<Record<string, string | undefined>>
  content: AsyncIterable<Buffer>
}

/** An answer that has been read. */
export interface WholeAnswer {
  status: number
  headers: OpenAnswer['headers']
  body: Buffer
}

/** Asks an API server; nothing but GET of an `ApiPath`, and POST of a review, which changes nothing. What fails is an ApiFailure. */
export interface ApiTransport {
  /** Whole answers, within limits, asked again where that helps. */
  json(path: ApiPath, limits: Limits): Promise<unknown>
  review(path: ReviewPath, review: object, limits: Limits): Promise<unknown>
  bytes(path: ApiPath, limits: Limits, headers?: Readonly<Record<string, string>>): Promise<WholeAnswer>
  /** An answer that goes on until the signal is given. */
  open(path: ApiPath, options: RequestOptions): Promise<OpenAnswer>
  close(): Promise<void>
}

const MOST_EXPLANATION_BYTES = 8 * 1024
/** Given, created (a review), and a part given. */
const EXPECTED: ReadonlySet<number> = new Set([200, 201, 206])

/** A transport over HTTP/1.1, with a bounded pool of connections that are kept alive. */
export function openTransport(connection: ApiConnection, clock: Clock, random: Random): ApiTransport {
  const dispatcherFor = dispatchers(connection)
  const origin = connection.server.origin
  const prefix = connection.server.pathname.replace(/\/+$/, '')

  async function ask(
    path: ApiPath | ReviewPath,
    { authorization, clientCertificate }: Presented,
    { signal, headers = {}, isProxied = false, posted }: RequestOptions,
  ): Promise<OpenAnswer> {
    const identity = { ...connection.headers, ...(authorization === undefined ? {} : { authorization }) }
    const answer = await dispatcherFor
      .current(clientCertificate)
      .request({
        origin,
        path: `${prefix}${path}`,
        ...(posted === undefined ? { method: 'GET' } : { method: 'POST', body: posted }),
        headers: { 'user-agent': 'kubepatrol', accept: 'application/json', ...headers, ...identity },
        signal,
      })
      .catch((cause: unknown) => {
        throw networkFailure(signal.aborted ? signal.reason : cause)
      })
    const answered = flat(answer.headers)
    const content = contentOf(answer.body, answered['content-encoding'])
    if (EXPECTED.has(answer.statusCode)) return { status: answer.statusCode, headers: answered, content }
    const text = await readBeginning(content, MOST_EXPLANATION_BYTES)
    const described = { status: answer.statusCode, headers: answered, text, isProxied, now: clock.now() }
    throw (
      answerFailure(described) ??
      new ApiFailure('garbled', `HTTP ${answer.statusCode}: nothing was asked that it answers`)
    )
  }

  /** Asks, and once more with new credentials when the server does not know the old ones any more. */
  async function open(path: ApiPath | ReviewPath, options: RequestOptions): Promise<OpenAnswer> {
    const { credentials } = connection
    const shown = await presentedBy(credentials)
    try {
      return await ask(path, shown, options)
    } catch (failure) {
      const isUnauthorized = failure instanceof ApiFailure && failure.is.isUnauthorized === true
      if (!isUnauthorized || !credentials.refused(shown)) throw failure
      return ask(path, await presentedBy(credentials), options)
    }
  }

  async function bytes(
    path: ApiPath | ReviewPath,
    limits: Limits,
    headers: Readonly<Record<string, string>> = {},
    posted?: string,
  ): Promise<WholeAnswer> {
    const once = async () => {
      const limit = timeLimit(clock, limits.timeMs, limits.signal)
      try {
        const isProxied = path.includes('/proxy/')
        const options = { signal: limit.signal, headers, isProxied, ...(posted !== undefined && { posted }) }
        const answer = await open(path, options)
        const { status, headers: answered, content } = answer
        return { status, headers: answered, body: await readWhole(content, limits.mostBytes) }
      } catch (cause) {
        throw networkFailure(limit.signal.aborted ? limit.signal.reason : cause)
      } finally {
        limit.end()
      }
    }
    return withPatience(once, limits.patience, { clock, random, signal: limits.signal })
  }

  return {
    open,
    bytes,
    json: async (path, limits) => jsonOf(await bytes(path, limits, { 'accept-encoding': 'gzip' })),
    async review(path, review, limits) {
      const headers = { 'content-type': 'application/json' }
      return jsonOf(await bytes(path, limits, headers, JSON.stringify(review)))
    },
    close: () => dispatcherFor.close(),
  }
}

function jsonOf({ body, headers }: WholeAnswer): unknown {
  const text = body.toString('utf8')
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw notJson(text.slice(0, MOST_EXPLANATION_BYTES), headers['content-type'], cause)
  }
}

/** What is to be shown. That it cannot be had is a failure like others: the next time it may be there. */
async function presentedBy(credentials: Credentials): Promise<Presented> {
  try {
    return await credentials.present()
  } catch (cause) {
    if (!(cause instanceof KubepatrolError)) throw cause
    throw new ApiFailure('forbidden', cause.describe('en'), {}, cause)
  }
}

/** One dispatcher, opened anew when a plugin gives another client certificate. */
function dispatchers(connection: ApiConnection) {
  let shown: ClientCertificate | undefined
  let dispatcher: Dispatcher | undefined
  return {
    current(certificate: ClientCertificate | undefined): Dispatcher {
      const isSame = certificate?.certificate === shown?.certificate && certificate?.key === shown?.key
      if (dispatcher !== undefined && isSame) return dispatcher
      void dispatcher?.close().catch(() => undefined)
      shown = certificate
      dispatcher = openDispatcher(connection, certificate)
      return dispatcher
    },
    async close() {
      await dispatcher?.destroy()
    },
  }
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): OpenAnswer['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  )
}
