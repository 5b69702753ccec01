import { isIP } from 'node:net'

/**
 * Whether a redirect may be followed: never from TLS to plain text, and from one host to another by name only, so that
 * a registry cannot have this node ask addresses of its own network.
 */
export function mayFollow(from: URL, to: URL): boolean {
  if (to.username !== '' || to.password !== '') return false
  if (to.host === from.host) return to.protocol === from.protocol || to.protocol === 'https:'
  return to.protocol === 'https:' && isPublicName(to.hostname)
}

/** Whether a token may be asked for there: at the registry's own host, or at one of the same domain. */
export function isOfSameDomain(registry: URL, realm: URL): boolean {
  if (realm.username !== '' || realm.password !== '') return false
  if (realm.host === registry.host) return realm.protocol === registry.protocol || realm.protocol === 'https:'
  if (realm.protocol !== 'https:' || !isPublicName(realm.hostname) || !isPublicName(registry.hostname))
    return false
  const domain = (host: string) => host.toLowerCase().split('.').slice(-2).join('.')
  return domain(realm.hostname) === domain(registry.hostname)
}

function isPublicName(hostname: string): boolean {
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
  return !isAddress && hostname.includes('.') && !/(?:^|\.)(?:localhost|local|internal)\.?$/i.test(hostname)
}
