import { request } from 'node:https'
import { z } from 'zod'
import type { GapReason } from '../../../core/observe/gap.ts'
import type { Duration } from '../../../core/units/duration.ts'

/** What is sent to a controller, and where. */
export interface Post {
  url: URL
  authorities: string | undefined
  token: string
  /** Packed by gzip. */
  body: Buffer
  timeMs: Duration
  /** Gives it up. */
  signal: AbortSignal | undefined
}

/** A round was sent and not taken. */
export class PostFailure extends Error {
  readonly why: GapReason
  /** Whether it may be otherwise in a moment. */
  readonly mayHelpSoon: boolean

  constructor(why: GapReason, detail: string, { mayHelpSoon = false, cause }: PostFailureMore = {}) {
    super(detail.replace(/\s+/g, ' ').slice(0, 300), { cause })
    this.name = 'PostFailure'
    this.why = why
    this.mayHelpSoon = mayHelpSoon
  }
}
interface PostFailureMore {
  mayHelpSoon?: boolean
  cause?: unknown
}

/** The pods of a node, with room to spare. */
const MOST_ANSWER_BYTES = 4 * 1024 * 1024
const Refusal = z.object({ code: z.string(), message: z.string() })

/** Sends a round, within a time. @returns the answer, empty where there is none. @throws {PostFailure} */
export function postRound({ url, authorities, token, body, timeMs, signal }: Post): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(failureOf(cause))
    let asked: ReturnType<typeof request>
    try {
      asked = request(url, {
        method: 'POST',
        ...(authorities === undefined ? {} : { ca: authorities }),
        headers: {
          'user-agent': 'kubepatrol',
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-encoding': 'gzip',
          'content-length': body.length,
        },
        signal: AbortSignal.any([AbortSignal.timeout(timeMs), ...(signal ? [signal] : [])]),
      })
    } catch (cause) {
      // A token with a line break, a certificate that is none.
      return fail(cause)
    }
    asked.on('error', fail)
    asked.on('response', (answer) => {
      const pieces: Buffer[] = []
      let bytes = 0
      answer.on('error', fail)
      answer.on('data', (piece: Buffer) => {
        bytes += piece.length
        if (bytes > MOST_ANSWER_BYTES) asked.destroy(new PostFailure('garbled', 'an answer that is too long'))
        else pieces.push(piece)
      })
      answer.on('end', () => {
        const status = answer.statusCode ?? 0
        const text = Buffer.concat(pieces).toString('utf8')
        if (status === 200 || status === 204) resolve(text)
        else reject(refusalOf(status, text))
      })
    })
    asked.end(body)
  })
}

const BY_STATUS: Readonly<Record<number, GapReason>> = {
  400: 'garbled',
  401: 'forbidden',
  403: 'forbidden',
  404: 'not-served',
  405: 'not-served',
  413: 'too-large',
}

function refusalOf(status: number, text: string): PostFailure {
  const said = refusalIn(text)
  const detail = `HTTP ${status}${said === undefined ? '' : `: ${said}`}`
  return new PostFailure(BY_STATUS[status] ?? 'refused', detail, {
    mayHelpSoon: status === 429 || status >= 500,
  })
}

function refusalIn(text: string): string | undefined {
  try {
    const { data } = Refusal.safeParse(JSON.parse(text))
    return data && `${data.code}: ${data.message}`
  } catch {
    return undefined
  }
}

function failureOf(cause: unknown): PostFailure {
  if (cause instanceof PostFailure) return cause
  const { name, message, code } = cause as NodeJS.ErrnoException
  if (name === 'TimeoutError' || name === 'AbortError')
    return new PostFailure('timed-out', 'no complete answer in time', { mayHelpSoon: true, cause })
  const detail = message === '' ? (code ?? name) : message
  return new PostFailure('unreachable', detail, { mayHelpSoon: true, cause })
}
