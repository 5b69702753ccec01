import { ApiRefusal } from '../store/api-refusal.ts'
import type { KubernetesObject } from '../store/kubernetes-object.ts'
import { resourceKey, type ServedResource } from '../store/resources.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { wholeNumberOf } from './api-request.ts'
import { selectedBy } from './selectors.ts'

/** A part of a list, as it was when the list began. */
export interface ListPage {
  objects: readonly KubernetesObject[]
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number }
}

interface OpenList {
  revision: number
  objects: readonly KubernetesObject[]
}

/** Lists that are being read by pages; the one that began first is forgotten first. */
const MOST_OPEN_LISTS = 50
const TOO_OLD =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.'

/** What Go says of bytes that are no JSON: a byte for a letter. */
function noToken(token: string): string {
  const [first = ''] = Buffer.from(token, 'base64url').toString('latin1')
  const code = first.charCodeAt(0)
  const isPrintable = (code >= 0x20 && code < 0x7f) || code > 0xa0
  const shown = isPrintable ? first : `\\u${code.toString(16).padStart(4, '0')}`
  const why =
    first === ''
      ? 'unexpected end of JSON input'
      : `invalid character '${shown}' looking for beginning of value`
  return `invalid continue token: continue key is not valid: ${why}`
}

/** Reads lists with selectors, limit and continue; every page shows the instant of the first. */
export function listReader(store: ObjectStore) {
  const open = new Map<string, OpenList>()
  let begun = 0

  function begin(resource: ServedResource, namespace: string | undefined, query: URLSearchParams): OpenList {
    const isWanted = selectedBy(resource, query)
    const all = store.list(resourceKey(resource))
    const isEverything = namespace === undefined && !query.has('fieldSelector') && !query.has('labelSelector')
    const inNamespace = (object: KubernetesObject) =>
      namespace === undefined || object.metadata.namespace === namespace
    return {
      revision: store.revision(),
      objects: isEverything ? all : all.filter((object) => inNamespace(object) && isWanted(object)),
    }
  }

  /** @throws {ApiRefusal} BadRequest; Expired for a list that is forgotten */
  return function read(
    resource: ServedResource,
    namespace: string | undefined,
    query: URLSearchParams,
  ): ListPage {
    const token = query.get('continue') || undefined
    const [id = '', from = '0'] =
      token === undefined ? [] : Buffer.from(token, 'base64url').toString().split(':')
    if (token !== undefined && !/^\d+$/.test(id)) throw new ApiRefusal('BadRequest', noToken(token))
    const list = token === undefined ? begin(resource, namespace, query) : open.get(id)
    if (list === undefined || !/^\d+$/.test(from)) throw new ApiRefusal('Expired', TOO_OLD)
    const limit = wholeNumberOf(query, 'limit') ?? 0
    const start = Number(from)
    const { length } = list.objects
    const end = limit === 0 ? length : Math.min(start + limit, length)
    const metadata: ListPage['metadata'] = { resourceVersion: String(list.revision) }
    if (end < length) {
      const kept = token === undefined ? String(++begun) : id
      open.set(kept, list)
      if (open.size > MOST_OPEN_LISTS) open.delete(open.keys().next().value ?? '')
      metadata.continue = Buffer.from(`${kept}:${end}`).toString('base64url')
      if (!query.has('fieldSelector') && !query.has('labelSelector'))
        metadata.remainingItemCount = length - end
    }
    return { objects: list.objects.slice(start, end), metadata }
  }
}
