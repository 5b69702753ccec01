import { normaliseImageReference } from './image-reference.ts'

/** An image by its digest: what a registry either has or has not. */
export interface DigestReference {
  /** Host, and port where it is given, such as `docker.io` or `lab.local:5000`. */
  registry: string
  /** Such as `library/busybox`. */
  repository: string
  /** `sha256:…`, of the manifest or the index. */
  digest: string
}

// As registries accept them; anything else could lead a request elsewhere.
const REGISTRY =
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/i
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+|\/)[a-z0-9]+)*$/
const DIGEST = /^sha256:[0-9a-f]{64}$/
const LONGEST_REPOSITORY = 255

/** The digests among the names of an image, each once; none of an image that only has tags (semantics §5.1). */
export function digestReferences(names: readonly string[]): DigestReference[] {
  const references = new Map<string, DigestReference>()
  for (const name of names) {
    const whole = normaliseImageReference(name)
    const at = whole.indexOf('@')
    const slash = whole.indexOf('/')
    if (at < 0 || slash < 0) continue
    const registry = whole.slice(0, slash).toLowerCase()
    const repository = whole.slice(slash + 1, at).replace(/:[\w][\w.-]*$/, '')
    const digest = whole.slice(at + 1)
    const isPlain = REGISTRY.test(registry) && REPOSITORY.test(repository) && DIGEST.test(digest)
    if (isPlain && repository.length <= LONGEST_REPOSITORY) {
      references.set(`${registry}/${repository}@${digest}`, { registry, repository, digest })
    }
  }
  return [...references.values()]
}
