import { open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { isMap, isSeq, parseDocument, type YAMLMap } from 'yaml'

/**
 * Writes tokens back to the kubeconfig they came from, as kubectl does: an issuer that gives a new refresh
 * token takes the old one back, and kubectl could not sign in any more. Comments and order stay; a file that
 * cannot be written stays as it is.
 */
export async function keepOidcTokens(
  kubeconfig: string,
  user: string,
  tokens: { idToken: string; refreshToken: string },
): Promise<void> {
  const file = await realpath(kubeconfig).catch(() => kubeconfig)
  // The lock that kubectl takes.
  const lock = `${file}.lock`
  const held = await open(lock, 'wx').catch(() => undefined)
  if (held === undefined) return
  const aside = `${file}.${process.pid}.new`
  try {
    const document = parseDocument(await readFile(file, 'utf8'))
    const config = configOf(document.get('users'), user)
    if (config === undefined) return
    config.set('id-token', tokens.idToken)
    config.set('refresh-token', tokens.refreshToken)
    const { mode } = await stat(file)
    await writeFile(aside, document.toString(), { mode: mode & 0o777, flag: 'wx' })
    await rename(aside, file)
  } catch {
    await rm(aside, { force: true })
  } finally {
    await held.close()
    await rm(lock, { force: true })
  }
}

function configOf(users: unknown, name: string): YAMLMap | undefined {
  if (!isSeq(users)) return undefined
  const entry = users.items.find((item) => isMap(item) && item.get('name') === name)
  const config = isMap(entry) ? entry.getIn(['user', 'auth-provider', 'config']) : undefined
  return isMap(config) ? config : undefined
}
