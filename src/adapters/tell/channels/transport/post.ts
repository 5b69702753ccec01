import { oneLine } from '../../../../core/tell/notice-text.ts'
import { cutText } from '../../../../core/tell/cut-text.ts'
import { ChannelFailure } from '../../../../core/tell/notification-channel.ts'
import type { Duration } from '../../../../core/units/duration.ts'
import { readRetryAfter } from './retry-after.ts'

/** What is sent, and how. */
export interface PostRequest {
  url: string
  headers?: Readonly<Record<string, string>>
  body: string
  timeout: Duration
  /** Never repeated in what a failure says; the address never is. */
  secrets?: readonly string[]
  /** Statuses of failures whose answer says more, in the service's own codes. */
  explains?: readonly number[]
}

/** Sends requests of one channel, until it is closed. */
export interface Poster {
  /** @returns what the service answered. @throws {ChannelFailure} for anything but a success */
  post(request: PostRequest): Promise<string>
  close(): void
}

const MOST_ANSWER = 64 * 1024
const MOST_SAID = 200
const RETRYABLE = new Set([408, 425, 429])

/** Makes what sends the requests of a channel. */
export function poster(channel: string): Poster {
  const closing = new AbortController()
  return {
    async post(request) {
      const response = await send(channel, request, closing.signal)
      const { status } = response
      if ((status >= 200 && status < 300) || request.explains?.includes(status)) return response.body
      throw refusal(channel, request, response)
    },
    close: () => closing.abort(),
  }
}

interface Answer {
  status: number
  body: string
  retryAfter: string | null
}

async function send(channel: string, request: PostRequest, closing: AbortSignal): Promise<Answer> {
  const { url, headers, body, timeout } = request
  const ending = AbortSignal.timeout(timeout)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'User-Agent': 'kubepatrol', ...headers },
      body,
      // A redirect would take the secret in the address, and the text, somewhere else.
      redirect: 'manual',
      signal: AbortSignal.any([ending, closing]),
    })
    return {
      status: response.status,
      body: await readAtMost(response, MOST_ANSWER),
      retryAfter: response.headers.get('retry-after'),
    }
  } catch (cause) {
    const reason = ending.aborted ? `no answer within ${timeout / 1000} s` : networkReason(cause)
    throw new ChannelFailure('KP_CHANNEL_UNREACHABLE', { channel, reason }, { cause })
  }
}

function refusal(channel: string, { url, secrets = [] }: PostRequest, { status, body, retryAfter }: Answer) {
  const said = hide(oneLine(body), [url, ...secrets])
  const reason = said === '' ? `HTTP ${status}` : `HTTP ${status}: ${cutText(said, MOST_SAID)}`
  const isRetryable = status >= 500 || RETRYABLE.has(status)
  return new ChannelFailure(
    isRetryable ? 'KP_CHANNEL_BUSY' : 'KP_CHANNEL_REFUSED',
    { channel, reason },
    isRetryable ? { retryAfter: readRetryAfter(retryAfter, Date.now()) } : {},
  )
}

const LEAST_SECRET = 6

/** Takes secrets out of a text, also what an address or a header is made of. */
export function hide(text: string, secrets: readonly string[]): string {
  const pieces = secrets.flatMap((secret) => [secret, ...secret.split(/[/?&=\s]+/)])
  return pieces
    .filter((piece) => piece.length >= LEAST_SECRET)
    .reduce((left, piece) => left.replaceAll(piece, '***'), text)
}

/** Without the address, which may be a secret. */
function networkReason(failure: unknown): string {
  const { cause } = failure as { cause?: { code?: string; message?: string } }
  return oneLine(cause?.code ?? cause?.message ?? (failure as Error).name)
}

async function readAtMost(response: Response, most: number): Promise<string> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    pieces.push(piece as Uint8Array)
    size += (piece as Uint8Array).length
    if (size >= most) break
  }
  return Buffer.concat(pieces).subarray(0, most).toString('utf8')
}
