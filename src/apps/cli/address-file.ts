import { rename, rm, writeFile } from 'node:fs/promises'
import { coded } from '../../core/errors/kubepatrol-error.ts'

/**
 * Keeps an address that holds a secret in a file that only its owner may read, in place of whatever was there.
 * @returns what takes it away
 * @throws {KubepatrolError} KP_ADDRESS_FILE
 */
export async function keepAddress(file: string, address: string): Promise<() => Promise<void>> {
  // A new file under another name first: one that is there may be somebody's to read, or a link.
  const fresh = `${file}.${process.pid}`
  try {
    await rm(fresh, { force: true })
    await writeFile(fresh, `${address}\n`, { mode: 0o600, flag: 'wx' })
    await rename(fresh, file)
  } catch (cause) {
    await rm(fresh, { force: true }).catch(() => undefined)
    throw coded('KP_ADDRESS_FILE', { file, reason: (cause as Error).message }, cause)
  }
  return () => rm(file, { force: true }).catch(() => undefined)
}
