import type { FactId } from './facts/vocabulary.ts'

/** Certificates, rate limits and a registry's own failures are none of these. */
const KINDS: readonly (readonly [RegExp, FactId])[] = [
  [/no space left on device/i, 'image-pull-failed-no-space'],
  [
    /timed? ?out|connection refused|no such host|network is unreachable|no route to host|TLS handshake|connection reset|server misbehaving|deadline exceeded|request canceled|Temporary failure in name resolution|Client\.Timeout|host is down|because of no progress|\bEOF\b/i,
    'image-pull-failed-network',
  ],
  [
    /unauthorized|\bdenied\b|authentication required|no basic auth credentials|\b401\b|\b403\b|forbidden|authorization failed/i,
    'image-pull-failed-auth',
  ],
  [
    /not found|manifest unknown|name unknown|does not exist|no such image|no matching manifest|no match for platform|\b404\b/i,
    'image-pull-failed-notfound',
  ],
]

/** What kind of failure the error of a pull states; undefined when it states none that is known. */
export function pullFailure(error: string): FactId | undefined {
  // Names of images, hosts and paths may hold any word.
  const words = error.replace(/"[^"\s]*"|https?:\/\/\S*?(?=:? |"|$)/g, '')
  return (
    KINDS.find(([pattern]) => pattern.test(words))?.[1] ?? KINDS.find(([pattern]) => pattern.test(error))?.[1]
  )
}

/** The registry of an image reference: its first part, when that can be a host; docker.io is never written. */
export function registryOf(image: string | undefined): string | undefined {
  const host = image?.split('/')[0] ?? ''
  return image?.includes('/') === true && (/[.:]/.test(host) || host === 'localhost') ? host : undefined
}
