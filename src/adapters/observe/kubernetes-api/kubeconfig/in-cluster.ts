import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Clock } from '../../../../core/observe/clock.ts'
import type { ApiConnection } from '../connection.ts'
import { tokenFile } from './token-file.ts'

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/** The API server as a pod reaches it, with its service account; undefined outside of a pod. */
export async function inClusterConnection(
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
  folder = SERVICE_ACCOUNT,
): Promise<ApiConnection | undefined> {
  const host = env['KUBERNETES_SERVICE_HOST']
  const port = env['KUBERNETES_SERVICE_PORT']
  const read = (name: string) => readFile(path.join(folder, name), 'utf8').catch(() => undefined)
  const [token, authorities, namespace] = await Promise.all(['token', 'ca.crt', 'namespace'].map(read))
  if (!host || !port || token === undefined) return undefined
  const address = `https://${host.includes(':') ? `[${host}]` : host}:${port}`
  if (!URL.canParse(address)) return undefined
  return {
    server: new URL(address),
    ...(authorities === undefined ? {} : { authorities }),
    isCertificateChecked: true,
    headers: {},
    credentials: tokenFile(path.join(folder, 'token'), clock),
    ...(namespace === undefined ? {} : { namespace: namespace.trim() }),
  }
}
