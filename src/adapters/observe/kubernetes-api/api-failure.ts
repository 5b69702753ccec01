import type { Gap, GapReason } from '../../../core/observe/gap.ts'

/** What else is known of a failure. */
interface FailureCircumstances {
  /** The status of the answer, where there was one. */
  status?: number
  headers?: Readonly<Record<string, string | undefined>>
  /** How long the server wants to be left alone. */
  retryAfterMs?: number
  /** The connection or the answer broke; asking again may help. */
  isBroken?: boolean
  /** The server's certificate is not to be trusted. */
  isUntrusted?: boolean
  /** The server, not something behind it, does not know who asks. */
  isUnauthorized?: boolean
}

const MOST_DETAIL = 300

/** Something was asked of an API server and not had. */
export class ApiFailure extends Error {
  readonly why: GapReason
  readonly is: FailureCircumstances

  constructor(why: GapReason, detail: string, is: FailureCircumstances = {}, cause?: unknown) {
    super(bounded(detail), { cause })
    this.name = 'ApiFailure'
    this.why = why
    this.is = is
  }
}

/** What is missing after a failure. An error of another kind is a defect and thrown on. */
export function gapOf(failure: unknown, part: string, node?: string): Gap {
  if (!(failure instanceof ApiFailure)) throw failure
  return { part, ...(node === undefined ? {} : { node }), why: failure.why, detail: failure.message }
}

function bounded(text: string): string {
  const line = text
    .slice(0, MOST_DETAIL * 4)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > MOST_DETAIL ? `${line.slice(0, MOST_DETAIL)}…` : line
}
