import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import type {
  KubeletCredentials,
  KubeletEndpoint,
} from '../../adapters/observe/own-kubelet/kubelet-request.ts'
import type { Clock } from '../../core/observe/clock.ts'
import type { AgentChoice } from './agent-options.ts'
import type { KubeletPlaces } from './kubelet-settings.ts'

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/** Where the kubelet listens, and as whom it is asked: a kubeconfig's user, or the pod's service account. */
export async function kubeletEndpoint(
  { kubelet, kubeconfig, context }: AgentChoice,
  { port, servingCertificate }: KubeletPlaces,
  clock: Clock,
): Promise<KubeletEndpoint> {
  const host = process.env['HOST_IP'] ?? '127.0.0.1'
  const url = new URL(kubelet ?? `https://${host.includes(':') ? `[${host}]` : host}:${port}`)
  const { present, authorities } =
    kubeconfig === undefined ? await serviceAccount() : await kubeconfigUser(kubeconfig, context, clock)
  return { url, servingCertificate, authorities, present }
}

interface Identity {
  present(): Promise<KubeletCredentials>
  authorities: readonly string[]
}

/** The token is replaced while it is in use, so it is read each time. */
async function serviceAccount(): Promise<Identity> {
  const authorities = await readFile(`${SERVICE_ACCOUNT}/ca.crt`, 'utf8').catch(() => undefined)
  return {
    authorities: authorities === undefined ? [] : [authorities],
    async present() {
      const token = await readFile(`${SERVICE_ACCOUNT}/token`, 'utf8').catch(() => undefined)
      return token === undefined ? {} : { authorization: `Bearer ${token.trim()}` }
    },
  }
}

async function kubeconfigUser(
  kubeconfig: string,
  context: string | undefined,
  clock: Clock,
): Promise<Identity> {
  // A pod never needs it.
  const { loadConnection } =
    await import('../../adapters/observe/kubernetes-api/kubeconfig/load-connection.ts')
  const world = { env: process.env, home: homedir(), hasTerminal: false, clock }
  const { connection } = await loadConnection({ kubeconfig, context }, world)
  const { credentials, authorities } = connection
  return { present: () => credentials.present(), authorities: authorities === undefined ? [] : [authorities] }
}
