import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { failureReason } from '../../../../core/errors/failure-reason.ts'
import { coded } from '../../../../core/errors/kubepatrol-error.ts'
import { message } from '../../../../core/messages/message.ts'

/**
 * PEM that a kubeconfig holds itself (base64), or names the file of.
 * @throws {KubepatrolError} KP_CREDENTIALS_UNUSABLE when the file cannot be read or it is no PEM.
 */
export async function pem(
  data: string | null | undefined,
  named: string | null | undefined,
  kubeconfig: string,
): Promise<string | undefined> {
  if (!data && !named) return undefined
  const file = named ? path.resolve(path.dirname(kubeconfig), named) : ''
  const text = data
    ? Buffer.from(data, 'base64').toString('latin1')
    : await readFile(file, 'latin1').catch((cause: NodeJS.ErrnoException) => {
        const problem = message('credentials.file', { file, reason: failureReason(cause) })
        throw coded('KP_CREDENTIALS_UNUSABLE', { problem }, cause)
      })
  if (text.includes('-----BEGIN ')) return text
  const problem = message('credentials.no-pem', { file: data ? '' : file })
  throw coded('KP_CREDENTIALS_UNUSABLE', { problem })
}
