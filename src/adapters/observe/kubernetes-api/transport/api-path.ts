import { RESOURCES, type ResourceName } from '../../../../core/kubernetes/resources.ts'

/**
 * A path that the client asks for. Only this file makes one, so nothing else can be asked of a server: no
 * exec, no attach, no port-forward, which a GET through the node proxy could begin.
 */
export type ApiPath = string & { readonly __brand: 'ApiPath' }

/** A path that something is posted to: a question that changes nothing. */
export type ReviewPath = string & { readonly __brand: 'ReviewPath' }

/** Whose a token is; the version is served since Kubernetes 1.6. */
export const TOKEN_REVIEWS_PATH = '/apis/authentication.k8s.io/v1/tokenreviews' as ReviewPath

/** What a list or a watch is asked with. */
export interface ListQuery {
  limit?: number
  continue?: string
  watch?: true
  allowWatchBookmarks?: true
  resourceVersion?: string
  timeoutSeconds?: number
}

/** The version of the server, which needs no rights. */
export const VERSION_PATH = '/version' as ApiPath

/** A list or watch of a resource. */
export function resourcePath(
  resource: ResourceName,
  options: { groupVersion: string; namespace?: string; query?: ListQuery },
): ApiPath {
  const { groupVersion, namespace, query = {} } = options
  const isScoped = RESOURCES[resource].isNamespaced && namespace !== undefined
  const scope = isScoped ? `namespaces/${encodeURIComponent(namespace)}/` : ''
  const asked = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)])
  const search = asked.length === 0 ? '' : `?${new URLSearchParams(asked).toString()}`
  return `/${groupVersion}/${scope}${resource}${search}` as ApiPath
}

/** One pod. */
export function podPath(namespace: string, name: string): ApiPath {
  return `/api/v1/namespaces/${segment(namespace)}/pods/${segment(name)}` as ApiPath
}

/** What a kubelet serves, through the API server. */
export function nodePath(node: string, what: 'stats/summary' | 'configz' | 'metrics'): ApiPath {
  return `/api/v1/nodes/${segment(node)}/proxy/${what}` as ApiPath
}

/** A file below `/var/log` of a node; `..` in its name is refused by leaving it out. */
export function nodeLogPath(node: string, file: string): ApiPath {
  const segments = file.split('/').filter((part) => part !== '' && part !== '.' && part !== '..')
  return `/api/v1/nodes/${segment(node)}/proxy/logs/${segments.map(encodeURIComponent).join('/')}` as ApiPath
}

/** One segment of a path. What would climb out of it becomes a name that no node has. */
function segment(name: string): string {
  const escaped = encodeURIComponent(name)
  return escaped === '' || /^\.+$/.test(escaped) ? '%00' : escaped
}
