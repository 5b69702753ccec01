import { coded, KubepatrolError } from '../../core/errors/kubepatrol-error.ts'
import type { Language } from '../../core/messages/language.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'

/** One line for a person: a coded error as it is, anything else as a failure of our own. DEBUG=kubepatrol adds where. */
export function describeFailure(failure: unknown, language: Language): string {
  const known =
    failure instanceof KubepatrolError
      ? failure
      : coded('KP_INTERNAL', { problem: problemOf(failure) }, failure)
  const line = neutraliseText(known.describe(language))
  return process.env['DEBUG'] === 'kubepatrol' && failure instanceof Error
    ? `${line}\n${failure.stack}`
    : line
}

function problemOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure)
}
