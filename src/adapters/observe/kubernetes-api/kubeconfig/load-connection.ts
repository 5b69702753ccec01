import { coded } from '../../../../core/errors/kubepatrol-error.ts'
import { message } from '../../../../core/messages/message.ts'
import type { ApiConnection } from '../connection.ts'
import { inClusterConnection } from './in-cluster.ts'
import type { Cluster, Entry, MergedKubeconfig, User } from './kubeconfig.ts'
import { pem } from './pem.ts'
import { proxyFor, proxyUrl } from './proxy-for.ts'
import { readKubeconfigs } from './read-kubeconfigs.ts'
import type { KubeconfigWorld } from './kubeconfig-world.ts'
import { userCredentials } from './user-credentials.ts'

/** kubectl's options. */
export interface KubeconfigOptions {
  kubeconfig?: string | undefined
  context?: string | undefined
}

/** A connection, and what it is called. */
export interface LoadedConnection {
  connection: ApiConnection
  /** The name of the context; absent in a pod that uses its service account. */
  context?: string
}

/**
 * How the API server is reached, as kubectl finds it: `--kubeconfig`, `$KUBECONFIG`, `~/.kube/config`, and in a
 * pod without any its service account.
 * @throws {KubepatrolError} KP_KUBECONFIG_NOT_FOUND, KP_KUBECONFIG_INVALID, KP_CONTEXT_UNKNOWN, KP_CONTEXT_NONE,
 * KP_CREDENTIALS_UNUSABLE.
 */
export async function loadConnection(
  { kubeconfig, context }: KubeconfigOptions,
  world: KubeconfigWorld,
): Promise<LoadedConnection> {
  const merged = await readKubeconfigs({ explicit: kubeconfig, env: world.env, home: world.home })
  const hasContexts = merged !== undefined && merged.contexts.size > 0
  if (!hasContexts && kubeconfig === undefined && context === undefined) {
    const connection = await inClusterConnection(world.env, world.clock)
    if (connection !== undefined) return { connection }
  }
  if (merged === undefined) throw coded('KP_KUBECONFIG_NOT_FOUND', { path: '~/.kube/config' })
  const name = context || merged.currentContext
  const contexts = namesOf([...merged.contexts.keys()])
  if (name === undefined) throw coded('KP_CONTEXT_NONE', { contexts })
  const chosen = merged.contexts.get(name)
  if (chosen === undefined) throw coded('KP_CONTEXT_UNKNOWN', { context: name, contexts })
  const cluster = entryOf(merged, 'clusters', chosen.value.cluster, name)
  const user = chosen.value.user ? entryOf(merged, 'users', chosen.value.user, name) : NOBODY
  const connection = await connectionTo(cluster, chosen.value.user ?? '', user, world)
  const { namespace } = chosen.value
  return { connection: { ...connection, ...(namespace ? { namespace } : {}) }, context: name }
}

const MOST_NAMES = 20

function namesOf(contexts: readonly string[]): string {
  return contexts.slice(0, MOST_NAMES).join(', ') + (contexts.length > MOST_NAMES ? ', …' : '')
}

const NOBODY: Entry<User> = { value: {}, file: '' }

function entryOf<K extends 'clusters' | 'users'>(
  merged: MergedKubeconfig,
  kind: K,
  name: string | null | undefined,
  context: string,
): Entry<K extends 'clusters' ? Cluster : User> {
  const entry = name ? merged[kind].get(name) : undefined
  if (entry !== undefined) return entry as Entry<K extends 'clusters' ? Cluster : User>
  const problem = message('kubeconfig.dangling-context', { context, kind, name: name ?? '' })
  throw coded('KP_KUBECONFIG_INVALID', { path: merged.files.join(', '), problem })
}

async function connectionTo(
  cluster: Entry<Cluster>,
  userName: string,
  user: Entry<User>,
  world: KubeconfigWorld,
): Promise<ApiConnection> {
  const { value, file } = cluster
  const authorities = await pem(value['certificate-authority-data'], value['certificate-authority'], file)
  const isCertificateChecked = value['insecure-skip-tls-verify'] !== true
  const credentials = await userCredentials(userName, user, cluster, world)
  const server = serverUrl(cluster)
  const proxy = value['proxy-url'] ? requiredProxy(value['proxy-url'], file) : proxyFor(server, world.env)
  return {
    server,
    ...(authorities === undefined || !isCertificateChecked ? {} : { authorities }),
    ...(value['tls-server-name'] ? { serverName: value['tls-server-name'] } : {}),
    isCertificateChecked,
    ...(proxy === undefined ? {} : { proxy }),
    headers: impersonation(user.value),
    credentials,
  }
}

function serverUrl({ value, file }: Entry<Cluster>): URL {
  const text = value.server?.trim() ?? ''
  const isTls =
    value['certificate-authority'] || value['certificate-authority-data'] || value['insecure-skip-tls-verify']
  const address = text.includes('://') ? text : `${isTls ? 'https' : 'http'}://${text}`
  const isAddress = text !== '' && URL.canParse(address) && /^https?:/i.test(address)
  if (!isAddress)
    throw coded('KP_KUBECONFIG_INVALID', { path: file, problem: message('kubeconfig.no-server') })
  return new URL(address)
}

function requiredProxy(text: string, file: string): URL {
  const url = proxyUrl(text)
  if (url !== undefined) return url
  throw coded('KP_KUBECONFIG_INVALID', {
    path: file,
    problem: message('kubeconfig.no-proxy'),
  })
}

function impersonation(user: User): Record<string, string | string[]> {
  if (!user.as) return {}
  const extra = Object.entries(user['as-user-extra'] ?? {}).map(([name, values]): [string, string[]] => [
    `impersonate-extra-${encodeURIComponent(name)}`,
    values,
  ])
  return {
    'impersonate-user': user.as,
    ...(user['as-uid'] ? { 'impersonate-uid': user['as-uid'] } : {}),
    ...(user['as-groups'] ? { 'impersonate-group': user['as-groups'] } : {}),
    ...Object.fromEntries(extra),
  }
}
