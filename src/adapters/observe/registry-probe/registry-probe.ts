import type { DigestReference } from '../../../core/kubernetes/digest-reference.ts'
import type { RegistryHost } from '../../../core/observe/host/registry-hosts.ts'
import type { ImageRegistries } from '../../../core/observe/image-registries.ts'
import type { PullableReason, RegistryAnswer } from '../../../core/observe/pullability.ts'
import { anonymousToken } from './anonymous-token.ts'
import { hasManifest } from './manifest.ts'
import { registryClient, type RegistryClient } from './registry-client.ts'

/** A host, and the authorities it is trusted by: PEM, beside those that are trusted anyway. */
export type TrustedHost = Omit<RegistryHost, 'authorityFiles'> & { authorities: readonly string[] }

const ANSWER: Record<PullableReason, RegistryAnswer['state']> = {
  found: 'yes',
  missing: 'no',
  'no-digest': 'unknown',
  'sign-in': 'unknown',
  unreachable: 'unknown',
  'timed-out': 'unknown',
  refused: 'unknown',
  garbled: 'unknown',
}

/**
 * Asks the hosts of a registry one after another, as the runtime would, for a manifest by its digest; anonymously.
 * `hostsOf` says which they are. Only when every one of them says that it has not is the image known to be lost.
 */
export function registryProbe(
  hostsOf: (registry: string) => Promise<readonly TrustedHost[]>,
): ImageRegistries {
  const clients = new Map<string, RegistryClient>()
  const clientOf = (host: TrustedHost) => {
    const key = JSON.stringify([host.isCertificateChecked, host.authorities])
    const known = clients.get(key)
    if (known) return known
    const client = registryClient(host)
    clients.set(key, client)
    return client
  }

  return {
    async ask(reference) {
      let doubt: RegistryAnswer | undefined
      let last: RegistryAnswer = { state: 'unknown', why: 'unreachable' }
      for (const host of await hostsOf(reference.registry)) {
        const why = await askHost(clientOf(host), host, reference)
        last = { state: ANSWER[why], why, host: new URL(host.base).host }
        if (last.state === 'yes') return last
        if (last.state === 'unknown') doubt = last
      }
      return doubt ?? last
    },
    async close() {
      await Promise.all([...clients.values()].map((client) => client.close()))
    },
  }
}

async function askHost(
  client: RegistryClient,
  host: TrustedHost,
  reference: DigestReference,
): Promise<PullableReason> {
  const url = new URL(`${host.base}/${reference.repository}/manifests/${reference.digest}`)
  if (host.isMirror) url.searchParams.set('ns', reference.registry)
  const first = await client.ask(url)
  if ('failed' in first) return first.failed
  if (first.status !== 401) return hasManifest(client, url, first, reference.digest)
  const token = await anonymousToken(client, url, first.challenge, reference.repository)
  if (token === undefined) return 'sign-in'
  const second = await client.ask(url, { token })
  return 'failed' in second ? second.failed : hasManifest(client, url, second, reference.digest, token)
}
