/**
 * An image reference as a runtime lists it: with registry, repository and tag or digest, so that
 * `busybox` and `docker.io/library/busybox:latest` are the same (semantics §5.1).
 */
export function normaliseImageReference(reference: string): string {
  const bare = reference.replace(/^[\w-]+:\/\//, '')
  if (/^sha256:[0-9a-f]{64}$/.test(bare)) return bare
  const [first = '', ...rest] = bare.split('/')
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const path = hasRegistry ? bare : `docker.io/${rest.length === 0 ? 'library/' : ''}${bare}`
  return /@|:[\w][\w.-]*$/.test(path.slice(path.lastIndexOf('/'))) ? path : `${path}:latest`
}
