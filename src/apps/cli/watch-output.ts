import { coded } from '../../core/errors/kubepatrol-error.ts'
import type { Language } from '../../core/messages/language.ts'
import { describeFailure } from './failure.ts'

/** How writing goes. */
export interface Output {
  /** Whether something that was written got lost, other than that nobody reads on. */
  hasFailed(): boolean
}

/**
 * Listens to what becomes of the output. A reader that has heard enough is no failure; anything else
 * is told on standard error. Nobody is left to tell when that fails too.
 */
export function watchOutput(language: Language): Output {
  let hasFailed = false
  process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
    if (failure.code === 'EPIPE' || hasFailed) return
    hasFailed = true
    const reason = failure.code ?? failure.message
    const lost = coded('KP_OUTPUT_FAILED', { reason }, failure)
    process.exitCode = lost.exitStatus
    process.stderr.write(`${describeFailure(lost, language)}\n`)
  })
  process.stderr.on('error', () => {})
  return { hasFailed: () => hasFailed }
}
