/** An image as a pod names it. */
export interface ImageReference {
  /** Registry and repository, as written. */
  name: string
  tag?: string
  digest?: string
}

/** When the kubelet pulls an image. */
export type PullPolicy = 'Always' | 'IfNotPresent' | 'Never'

const MOST_NAME_LENGTH = 255
const DOMAIN = /^(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9a-fA-F:]+\])(?::\d+)?$/
const COMPONENT = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,128}$/
/** The runtime's own ids are no names. */
const BARE_ID = /^[0-9a-f]{64}$/

/**
 * Reads an image reference as the kubelet does (semantics §5.1, all versions); undefined for one that it
 * refuses as InvalidImageName. What follows the last `:` is a tag only after the last `/`: a registry has a port.
 */
export function parseImageReference(text: string): ImageReference | undefined {
  const at = text.indexOf('@')
  const digest = at === -1 ? undefined : text.slice(at + 1)
  const named = at === -1 ? text : text.slice(0, at)
  const colon = named.lastIndexOf(':')
  const hasTag = colon > named.lastIndexOf('/')
  const tag = hasTag ? named.slice(colon + 1) : undefined
  const name = hasTag ? named.slice(0, colon) : named
  if (!isName(name)) return undefined
  if ((tag !== undefined && !TAG.test(tag)) || (digest !== undefined && !DIGEST.test(digest)))
    return undefined
  return { name, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) }
}

function isName(name: string): boolean {
  if (name.length > MOST_NAME_LENGTH || BARE_ID.test(name)) return false
  const [first = '', ...rest] = name.split('/')
  const hasDomain = rest.length > 0 && (/[.:A-Z]/.test(first) || first === 'localhost')
  const components = hasDomain ? rest : [first, ...rest]
  return (!hasDomain || DOMAIN.test(first)) && components.every((component) => COMPONENT.test(component))
}

/** The reference under which the runtime is asked (semantics §5.1, all versions): `:latest` where there is neither tag nor digest. */
export function withDefaultTag(image: string): string {
  const reference = parseImageReference(image)
  if (!reference || reference.tag !== undefined || reference.digest !== undefined) return image
  return `${image}:latest`
}

/**
 * The policy that a container gets when it is created without one (semantics §5.1, all versions): Always
 * for the tag `latest`, also for the one that is left out; fixed then, whatever the tag comes to be.
 */
export function defaultPullPolicy(image: string): PullPolicy {
  const reference = parseImageReference(image)
  if (!reference) return 'IfNotPresent'
  const { tag, digest } = reference
  return tag === 'latest' || (tag === undefined && digest === undefined) ? 'Always' : 'IfNotPresent'
}
