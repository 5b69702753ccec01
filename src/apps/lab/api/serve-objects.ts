import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiRefusal, noSuchResource } from '../store/api-refusal.ts'
import type { KubernetesObject } from '../store/kubernetes-object.ts'
import type { ServedResource } from '../store/resources.ts'
import { acceptsGzip, sendJson } from './answers.ts'
import { isSet, readBody, readObject, readPatch, wantsTable, type ObjectPath } from './api-request.ts'
import { inVersion } from './discovery.ts'
import type { LabCluster } from './lab-cluster.ts'
import { serveNodeProxy } from './node-proxy.ts'
import {
  createObject,
  deleteObject,
  deleteOptionsOf,
  patchObject,
  replaceObject,
  storedObject,
  type WriteTarget,
} from './object-writer.ts'
import { servePodLog } from './pod-log.ts'
import { bindPod, evictPod } from './pod-subresources.ts'
import { scaleOf, setScale } from './scale.ts'
import { listReader, type ListPage } from './serve-list.ts'
import { serveWatch } from './serve-watch.ts'
import { minorOf } from './served-versions.ts'
import { isDryRun } from './write-options.ts'
import { tableMaker, type IncludedObject } from './table/table.ts'

/** A request for objects, taken apart. */
export interface ObjectRequest {
  resource: ServedResource
  path: ObjectPath
  query: URLSearchParams
  request: IncomingMessage
  response: ServerResponse
}

/** Serves the objects of a cluster: each answer, or an ApiRefusal that says why there is none. */
export function objectServer(cluster: LabCluster): (asked: ObjectRequest) => Promise<void> {
  const { store, now } = cluster
  const readList = listReader(store)

  return async function serve(asked) {
    const { resource, path, query, request } = asked
    if (path.object === undefined) return serveCollection(asked)
    const target: WriteTarget = {
      resource,
      namespace: path.namespace,
      name: path.object,
      subresource: path.subresource,
      isDryRun: isDryRun(request.method, query.getAll('dryRun')),
    }
    if (path.subresource === undefined || path.subresource === 'status') return serveObject(asked, target)
    if (!(resource.subresources as readonly string[]).includes(path.subresource)) throw noSuchResource()
    if (path.subresource === 'proxy') {
      storedObject(store, target)
      return serveNodeProxy(cluster.endpoints(target.name), path.rest, request, asked.response)
    }
    return serveSubresource(asked, target)
  }

  async function serveCollection(asked: ObjectRequest): Promise<void> {
    const { resource, path, query, request, response } = asked
    const { namespace, version } = path
    switch (request.method) {
      case 'GET': {
        const name = /^metadata\.name=([^,]+)$/.exec(query.get('fieldSelector') ?? '')?.[1]
        const present = name === undefined || wantsTable(request) ? tableFor(asked) : undefined
        const shown = wantsTable(request) ? present : undefined
        if (isSet(query, 'watch')) {
          const following =
            shown &&
            ((object: KubernetesObject, isFollowing: boolean) => {
              const { resourceVersion } = object.metadata
              return shown([object], { resourceVersion }, isFollowing)
            })
          return serveWatch(store, { resource, version, namespace, query, present: following }, response)
        }
        const { objects, metadata } = readList(resource, namespace, query)
        const own = objects.map((object) => inVersion(resource, version, object))
        const json = shown ? JSON.stringify(shown(own, metadata)) : listJson(resource, version, own, metadata)
        return sendJson(response, json, { acceptsGzip: acceptsGzip(request) })
      }
      case 'POST': {
        if (resource.isNamespaced && namespace === undefined) throw notAllowed()
        const target = { resource, namespace, isDryRun: isDryRun('POST', query.getAll('dryRun')) }
        return answer(asked, createObject(store, target, version, await readObject(request, resource)), 201)
      }
      case 'DELETE': {
        const options = deleteOptionsOf(await readBody(request), query)
        const { objects, metadata } = readList(resource, namespace, query)
        const isTried = isDryRun('DELETE', query.getAll('dryRun'))
        for (const { metadata: own } of objects) {
          const target = { resource, namespace: own.namespace, name: own.name, isDryRun: isTried }
          deleteObject(store, target, options)
        }
        return sendJson(response, listJson(resource, version, objects, metadata))
      }
      default:
        throw notAllowed()
    }
  }

  async function serveObject(asked: ObjectRequest, target: WriteTarget): Promise<void> {
    const { resource, query, request } = asked
    switch (request.method) {
      case 'GET':
        return answer(asked, storedObject(store, target))
      case 'PUT':
        return answer(
          asked,
          replaceObject(store, target, asked.path.version, await readObject(request, resource)),
        )
      case 'PATCH': {
        const type = request.headers['content-type'] ?? ''
        // Server-side apply sends YAML: it is refused before it is read.
        const patch = type.includes('yaml') ? {} : await readPatch(request)
        return answer(asked, patchObject(store, target, asked.path.version, type, patch))
      }
      case 'DELETE':
        return answer(asked, deleteObject(store, target, deleteOptionsOf(await readBody(request), query)))
      default:
        throw notAllowed()
    }
  }

  async function serveSubresource(asked: ObjectRequest, target: WriteTarget): Promise<void> {
    const { path, query, request, response } = asked
    const send = (object: object, status = 200) => sendJson(response, JSON.stringify(object), { status })
    switch (`${request.method} ${path.subresource}`) {
      case 'GET log':
        return servePodLog(cluster, storedObject(store, target), query, response)
      case 'POST eviction':
        return send(evictPod(store, target, await readBody(request)), 201)
      case 'POST binding':
        return send(bindPod(store, target, await readBody(request), now()), 201)
      case 'GET scale':
        return send(scaleOf(storedObject(store, target)))
      case 'PUT scale':
        return send(setScale(store, target, await readBody(request)))
      case 'PATCH scale':
        return send(setScale(store, target, await readBody(request), request.headers['content-type'] ?? ''))
      default:
        throw notAllowed()
    }
  }

  function tableFor({ resource, path, query }: ObjectRequest) {
    const include = query.get('includeObject') ?? 'Metadata'
    const part: IncludedObject = include === 'None' || include === 'Object' ? include : 'Metadata'
    return tableMaker(resource, path.version, part, { now, minor: minorOf(cluster.version) })
  }

  function answer(asked: ObjectRequest, object: object, status = 200): void {
    const { resource, path, request, response } = asked
    const isStatus = 'kind' in object && object.kind === 'Status'
    const own = isStatus ? object : inVersion(resource, path.version, object)
    const { resourceVersion } = (own as KubernetesObject).metadata
    const shown =
      !isStatus && wantsTable(request) ? tableFor(asked)([own as KubernetesObject], { resourceVersion }) : own
    sendJson(response, JSON.stringify(shown), { status })
  }
}

function listJson(
  { kind, group, custom }: ServedResource,
  version: string,
  items: ListPage['objects'],
  metadata: ListPage['metadata'],
): string {
  const apiVersion = group === '' ? version : `${group}/${version}`
  // Kubernetes says in the list what its own objects are, not in each.
  const shown = custom
    ? items
    : items.map((object) => ({ ...object, apiVersion: undefined, kind: undefined }))
  return JSON.stringify({
    kind: `${kind}List`,
    apiVersion,
    metadata: custom ? { continue: '', ...metadata } : metadata,
    items: shown,
  })
}

function notAllowed(): ApiRefusal {
  return new ApiRefusal(
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  )
}
