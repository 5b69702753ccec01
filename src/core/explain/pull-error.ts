import type { FactId } from './facts/vocabulary.ts'

const KINDS: readonly (readonly [RegExp, FactId])[] = [
  [/no space left on device/i, 'image-pull-failed-no-space'],
  [
    /timed? ?out|connection refused|no such host|network is unreachable|no route to host|TLS handshake|i\/o timeout|connection reset|server misbehaving|deadline exceeded|\bEOF\b/i,
    'image-pull-failed-network',
  ],
  [
    /unauthorized|denied|authentication required|no basic auth credentials|\b401\b|\b403\b|forbidden/i,
    'image-pull-failed-auth',
  ],
  [/not found|manifest unknown|does not exist|\b404\b/i, 'image-pull-failed-notfound'],
]

/** What kind of failure the error of a pull states; undefined when it states none that is known. */
export function pullFailure(error: string): FactId | undefined {
  return KINDS.find(([words]) => words.test(error))?.[1]
}

/** The registry of an image reference: its first part, when that can be a host; docker.io is never written. */
export function registryOf(image: string | undefined): string | undefined {
  const host = image?.split('/')[0] ?? ''
  return image?.includes('/') === true && (/[.:]/.test(host) || host === 'localhost') ? host : undefined
}
