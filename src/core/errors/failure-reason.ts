import { catalogue } from '../messages/catalogue.ts'
import type { Message } from '../messages/message.ts'

/** Why something failed, for a sentence to quote: in words where the system's name for it is known. */
export function failureReason(failure: unknown): string | Message {
  const { code, message, name } = failure as Error & { code?: unknown }
  if (typeof code !== 'string') return message || name
  const key = `reason.${code}`
  return Object.hasOwn(catalogue, key) ? { key: key as keyof typeof catalogue, params: null } : code
}
