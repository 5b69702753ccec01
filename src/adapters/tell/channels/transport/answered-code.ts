import { cutText } from '../../../../core/tell/cut-text.ts'
import { oneLine } from '../../../../core/tell/notice-text.ts'
import { ChannelFailure } from '../../../../core/tell/notification-channel.ts'
import type { Duration } from '../../../../core/units/duration.ts'
import { hide } from './post.ts'

/** How a service says in a successful answer that it failed. */
export interface CodeRules {
  /** Where the code and its message are, by name; the first that is there counts. */
  code: readonly string[]
  text: readonly string[]
  /** Codes that pass by themselves, with how long that takes at least. */
  retryable: ReadonlyMap<number, Duration>
  secrets: readonly string[]
}

/** Reads the code in an answer. @throws {ChannelFailure} when it is not 0, or when this is no answer of the service */
export function checkAnsweredCode(channel: string, answer: string, rules: CodeRules): void {
  const fields = readObject(answer)
  const code = rules.code.map((name) => fields?.[name]).find((value) => typeof value === 'number')
  if (code === 0) return
  // Not the service but something on the way to it, which may be gone the next time.
  if (code === undefined)
    throw new ChannelFailure('KP_CHANNEL_BUSY', { channel, reason: 'the answer is not one of this service' })
  const text = rules.text.map((name) => fields?.[name]).find((value) => typeof value === 'string')
  const said = hide(oneLine(text ?? ''), rules.secrets)
  const reason = `${rules.code[0]} ${code}${said === '' ? '' : `: ${cutText(said, 200)}`}`
  const retryAfter = rules.retryable.get(code)
  if (retryAfter === undefined) throw new ChannelFailure('KP_CHANNEL_REFUSED', { channel, reason })
  throw new ChannelFailure('KP_CHANNEL_BUSY', { channel, reason }, { retryAfter })
}

function readObject(answer: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(answer)
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null
  } catch {
    return null
  }
}
