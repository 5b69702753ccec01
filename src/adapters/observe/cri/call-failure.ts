import type { Gap, GapReason } from '../../../core/observe/gap.ts'

const MOST_DETAIL = 300

/** A runtime was asked and did not answer as it should. */
export class CallFailure extends Error {
  readonly why: GapReason

  constructor(why: GapReason, detail: string, cause?: unknown) {
    super(detail.slice(0, MOST_DETAIL), { cause })
    this.name = 'CallFailure'
    this.why = why
  }
}

/** What is missing after a failure. An error of another kind is a defect and thrown on. */
export function gapOf(failure: unknown, part: string): Gap {
  if (!(failure instanceof CallFailure)) throw failure
  return { part, why: failure.why, detail: failure.message }
}

/** What a status of gRPC means (https://grpc.io/docs/guides/status-codes). */
const BY_STATUS: Readonly<Record<number, GapReason>> = {
  4: 'timed-out',
  7: 'forbidden',
  8: 'too-large',
  12: 'not-served',
  14: 'unreachable',
  16: 'forbidden',
}

/** A call that was answered with a status other than 0. */
export function statusFailure(status: string | undefined, text: string | undefined): CallFailure {
  if (status === undefined || !/^\d{1,2}$/.test(status))
    return new CallFailure('garbled', 'an answer without a status of gRPC')
  return new CallFailure(BY_STATUS[Number(status)] ?? 'refused', `gRPC status ${status}: ${plain(text)}`)
}

/** A call that the socket or the connection did not survive. */
export function connectionFailure(cause: unknown): CallFailure {
  if (cause instanceof CallFailure) return cause
  const { code = '', message } = cause as NodeJS.ErrnoException
  const detail = message === '' ? code : message
  if (code === 'EACCES' || code === 'EPERM') return new CallFailure('forbidden', detail, cause)
  if (code === 'ERR_HTTP2_ERROR' || code === 'ERR_HTTP2_PROTOCOL_ERROR')
    return new CallFailure('garbled', detail, cause)
  return new CallFailure('unreachable', detail, cause)
}

function plain(text = ''): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
