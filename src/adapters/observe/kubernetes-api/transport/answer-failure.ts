import { z } from 'zod'
import { ApiFailure } from '../api-failure.ts'

/** The object that an API server explains a refusal with. */
const Status = z.object({
  kind: z.literal('Status'),
  message: z.string().catch(''),
  reason: z.string().optional().catch(undefined),
})

const MOST_RETRY_AFTER_MS = 3600_000

/** An answer that is not the one hoped for. */
export interface RefusedAnswer {
  status: number
  headers: Readonly<Record<string, string | undefined>>
  /** The beginning of its body. */
  text: string
  /** Whether a node answers through the API server. */
  isProxied: boolean
  now: number
}

/** What an answer with this status means; undefined for one that is as it should be. */
export function answerFailure(answer: RefusedAnswer): ApiFailure | undefined {
  const { status, headers } = answer
  if (status >= 200 && status < 300) return undefined
  const stated = statusObject(answer.text)
  const detail = `HTTP ${status}: ${stated?.message ?? plain(answer.text, headers['content-type'])}`
  if (status >= 300 && status < 400) {
    return new ApiFailure('garbled', `HTTP ${status}: a redirect, which is not followed`, { status })
  }
  if (status === 401)
    return new ApiFailure('forbidden', detail, { status, isUnauthorized: stated !== undefined })
  if (status === 403) return new ApiFailure('forbidden', detail, { status })
  if (status === 404 || status === 405 || status === 501)
    return new ApiFailure('not-served', detail, { status })
  // The API server answers for a node that it does not reach.
  if (answer.isProxied && (status === 502 || status === 503 || status === 504)) {
    return new ApiFailure(status === 504 ? 'timed-out' : 'unreachable', detail, { status })
  }
  if (status === 416) return new ApiFailure('refused', detail, { status, headers })
  const retryAfterMs = retryAfter(headers['retry-after'], answer.now)
  return new ApiFailure('refused', detail, {
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

/** What a 2xx answer is, that was to be JSON and is not. */
export function notJson(text: string, contentType: string | undefined, cause?: unknown): ApiFailure {
  return new ApiFailure('garbled', `this is no JSON: ${plain(text, contentType)}`, {}, cause)
}

function statusObject(text: string): z.output<typeof Status> | undefined {
  try {
    return Status.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

function plain(text: string, contentType: string | undefined): string {
  if (!/^\s*</.test(text) && !contentType?.includes('html')) return text === '' ? 'an empty answer' : text
  const title = /<title[^>]*>([^<]{1,100})/i.exec(text)?.[1]
  return title === undefined ? 'a web page' : `a web page, “${title}”`
}

function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const wait = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), MOST_RETRY_AFTER_MS)
}
