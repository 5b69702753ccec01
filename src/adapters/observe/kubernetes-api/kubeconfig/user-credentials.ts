import path from 'node:path'
import { coded } from '../../../../core/errors/kubepatrol-error.ts'
import { message } from '../../../../core/messages/message.ts'
import type { ClientCertificate, Credentials, Presented } from '../connection.ts'
import { runExecPlugin } from './exec-plugin.ts'
import { fixedCredentials } from './fixed-credentials.ts'
import type { Cluster, Entry, User } from './kubeconfig.ts'
import type { KubeconfigWorld } from './kubeconfig-world.ts'
import { oidcCredentials } from './oidc.ts'
import { pem } from './pem.ts'
import { renewable } from './renewable.ts'
import { tokenFile } from './token-file.ts'

/**
 * How a user of a kubeconfig shows who they are, by kubectl's order of precedence.
 * @throws {KubepatrolError} KP_CREDENTIALS_UNUSABLE for a file that cannot be read or a way that is not known.
 */
export async function userCredentials(
  name: string,
  { value: user, file }: Entry<User>,
  cluster: Entry<Cluster>,
  world: KubeconfigWorld,
): Promise<Credentials> {
  const clientCertificate = await clientCertificateOf(user, file)
  const fixed: Presented = {
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(user.token ? { authorization: `Bearer ${user.token.trim()}` } : {}),
  }
  if (user.tokenFile) return tokenFile(path.resolve(path.dirname(file), user.tokenFile), world.clock, fixed)
  if (user.token) return fixedCredentials(fixed)
  if (user.username) {
    const pair = Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')
    return fixedCredentials({ ...fixed, authorization: `Basic ${pair}` })
  }
  if (user.exec) return execCredentials(user.exec, file, cluster, world)
  const provider = user['auth-provider']
  if (provider?.name === 'oidc') return oidcCredentials(provider.config ?? {}, file, name, world)
  if (provider) {
    throw coded('KP_CREDENTIALS_UNUSABLE', {
      problem: message('credentials.unknown-provider', { name: provider.name }),
    })
  }
  return fixedCredentials(fixed)
}

async function execCredentials(
  exec: NonNullable<User['exec']>,
  file: string,
  cluster: Entry<Cluster>,
  { env, hasTerminal, clock }: KubeconfigWorld,
): Promise<Credentials> {
  const about = exec.provideClusterInfo ? { cluster: await clusterInfo(cluster) } : {}
  return renewable(() => runExecPlugin({ exec, file, env, hasTerminal, clock, ...about }), clock)
}

/** What a plugin is told of the cluster (`spec.cluster` of an ExecCredential). */
async function clusterInfo({ value, file }: Entry<Cluster>): Promise<Record<string, unknown>> {
  const authorities = await pem(value['certificate-authority-data'], value['certificate-authority'], file)
  const config = value.extensions?.find(({ name }) => name === 'client.authentication.k8s.io/exec')?.extension
  return {
    server: value.server,
    ...(value['tls-server-name'] ? { 'tls-server-name': value['tls-server-name'] } : {}),
    ...(value['insecure-skip-tls-verify'] ? { 'insecure-skip-tls-verify': true } : {}),
    ...(authorities === undefined
      ? {}
      : { 'certificate-authority-data': Buffer.from(authorities).toString('base64') }),
    ...(value['proxy-url'] ? { 'proxy-url': value['proxy-url'] } : {}),
    ...(config === undefined ? {} : { config }),
  }
}

async function clientCertificateOf(user: User, file: string): Promise<ClientCertificate | undefined> {
  const certificate = await pem(user['client-certificate-data'], user['client-certificate'], file)
  const key = await pem(user['client-key-data'], user['client-key'], file)
  if (certificate === undefined && key === undefined) return undefined
  if (certificate !== undefined && key !== undefined) return { certificate, key }
  const problem = message('credentials.half-a-pair', { isKeyMissing: key === undefined })
  throw coded('KP_CREDENTIALS_UNUSABLE', { problem })
}
