import { isOfSameDomain } from './redirects.ts'
import type { RegistryClient } from './registry-client.ts'

const MOST_TOKEN = 64 * 1024

/**
 * The token that a registry gives to anybody, by its challenge. Undefined where it wants a name and a password, or
 * sends us to a host of another domain.
 */
export async function anonymousToken(
  client: RegistryClient,
  registry: URL,
  challenge: string,
  repository: string,
): Promise<string | undefined> {
  const fields = bearer(challenge)
  const realm = fields?.get('realm') ?? ''
  if (!URL.canParse(realm)) return undefined
  const url = new URL(realm)
  if (!isOfSameDomain(registry, url)) return undefined
  const service = fields?.get('service')
  if (service !== undefined) url.searchParams.set('service', service)
  // What is asked for is ours to say, whatever the challenge says.
  url.searchParams.set('scope', `repository:${repository}:pull`)
  const reply = await client.ask(url, { isWhole: true })
  if ('failed' in reply || reply.status !== 200) return undefined
  return tokenIn(reply.body)
}

function bearer(challenge: string): Map<string, string> | undefined {
  if (!/^bearer\s/i.test(challenge)) return undefined
  const fields = challenge.slice(0, 4096).matchAll(/([a-z]+)="([^"]*)"/gi)
  return new Map([...fields].map(([, name = '', value = '']) => [name.toLowerCase(), value]))
}

function tokenIn(body: Buffer): string | undefined {
  try {
    const { token, access_token: other } = JSON.parse(body.toString('utf8')) as Record<string, unknown>
    const found = token ?? other
    // It stands in a header: letters, digits and a few marks.
    return typeof found === 'string' && found.length <= MOST_TOKEN && /^[\w.~+/=:-]+$/.test(found)
      ? found
      : undefined
  } catch {
    return undefined
  }
}
