import { readFile } from 'node:fs/promises'
import { failureReason } from '../../../../core/errors/failure-reason.ts'
import { coded } from '../../../../core/errors/kubepatrol-error.ts'
import { message } from '../../../../core/messages/message.ts'
import type { Clock } from '../../../../core/observe/clock.ts'
import type { Credentials, Presented } from '../connection.ts'

/** A token in a file is replaced while it is in use, so it is read again. */
const READ_AGAIN_AFTER_MS = 10_000

/**
 * A bearer token from a file, such as a service account's. While the file cannot be read the last token
 * stays in use, at first the one that stands beside it in the kubeconfig.
 */
export function tokenFile(file: string, clock: Clock, beside: Presented = {}): Credentials {
  let presented = beside
  let readAt: number | undefined

  const read = async () => {
    try {
      const token = (await readFile(file, 'utf8')).trim()
      if (token === '') throw new Error('it is empty')
      presented = { ...beside, authorization: `Bearer ${token}` }
    } catch (cause) {
      const problem = message('credentials.file', { file, reason: failureReason(cause) })
      if (presented.authorization === undefined) throw coded('KP_CREDENTIALS_UNUSABLE', { problem }, cause)
    }
    readAt = clock.now()
  }

  return {
    async present() {
      if (readAt === undefined || clock.now() - readAt >= READ_AGAIN_AFTER_MS) await read()
      return presented
    },
    refused(shown) {
      if (shown !== presented) return true
      const isFresh = clock.now() === readAt
      readAt = undefined
      return !isFresh
    },
  }
}
