import type { Language } from '../messages/language.ts'
import { message, say, type Message, type MessageParams, type Tellable } from '../messages/message.ts'
import { ERROR_CODES, type ErrorCode } from './codes.ts'

/** A failure that a person can do something about: a documented code and a sentence that says what. */
export class KubepatrolError extends Error {
  readonly code: ErrorCode
  readonly detail: Message

  constructor(code: ErrorCode, detail: Message, cause?: unknown) {
    super(`${code}: ${say(detail, 'en')}`, { cause })
    this.name = 'KubepatrolError'
    this.code = code
    this.detail = detail
  }

  get exitStatus(): 2 | 3 {
    return ERROR_CODES[this.code].exitStatus
  }

  /** `KP_…: sentence`, for a terminal. */
  describe(language: Language): string {
    return `${this.code}: ${say(this.detail, language)}`
  }
}

/** A coded error with its sentence from the catalogue. */
export function coded<K extends ErrorCode>(
  code: K,
  params: Tellable<MessageParams<K>>,
  cause?: unknown,
): KubepatrolError {
  return new KubepatrolError(code, message<K>(code, ...([params] as never)), cause)
}
