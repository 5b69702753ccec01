import type { ServerResponse } from 'node:http'
import { ApiRefusal } from '../store/api-refusal.ts'
import type { ObjectChange } from '../store/change-history.ts'
import type { KubernetesObject } from '../store/kubernetes-object.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { resourceKey, type ServedResource } from '../store/resources.ts'
import { isSet, wholeNumberOf } from './api-request.ts'
import { inVersion } from './discovery.ts'
import { selectedBy } from './selectors.ts'

/** What a watch is about. */
export interface WatchSubject {
  resource: ServedResource
  version: string
  namespace: string | undefined
  query: URLSearchParams
  /** How an object is shown: itself, or a table; absent for itself. */
  present?: ((object: KubernetesObject, isFollowing: boolean) => object) | undefined
}

const BOOKMARK_EVERY_MS = 60_000
const DEFAULT_TIMEOUT_SECONDS = 1800
const LONGEST_TIMEOUT_SECONDS = 86_400
/** Of the bookmark that ends the objects there were when a watch began (`sendInitialEvents`). */
const ALL_TOLD = { 'k8s.io/initial-events-end': 'true' }
/** A client that does not read what it is told is let go. */
const MOST_UNREAD_BYTES = 64 * 1024 * 1024

/** Tells a client what changes until it goes, its time is over, or it does not keep up. @throws {ApiRefusal} BadRequest */
export function serveWatch(store: ObjectStore, subject: WatchSubject, response: ServerResponse): void {
  const { resource, version, namespace, query, present } = subject
  const isSelected = selectedBy(resource, query)
  const seconds = wholeNumberOf(query, 'timeoutSeconds') ?? DEFAULT_TIMEOUT_SECONDS
  const from = versionOf(query)
  const key = resourceKey(resource)
  const isWanted = (object: KubernetesObject) =>
    (namespace === undefined || object.metadata.namespace === namespace) && isSelected(object)
  let isFollowing = false
  const send = (type: string, object: object) => {
    response.write(`${JSON.stringify({ type, object })}\n`)
    if (response.writableLength > MOST_UNREAD_BYTES) response.destroy()
  }
  const tell = (type: ObjectChange['type'], object: KubernetesObject) => {
    const own = inVersion(resource, version, object)
    send(type, present === undefined ? own : present(own, isFollowing))
    isFollowing = true
  }
  const tellChange = (change: ObjectChange) => {
    if (change.resource !== key) return
    const type = typeFor(change, isWanted)
    if (type !== undefined) tell(type, type === 'DELETED' ? asItWas(change) : change.object)
  }
  const bookmark = (annotations?: object) => {
    const metadata = {
      resourceVersion: String(store.revision()),
      creationTimestamp: null,
      ...(annotations && { annotations }),
    }
    const object = inVersion(resource, version, { metadata })
    const shown = present === undefined ? object : { ...present(object as never, true), rows: [], metadata }
    send('BOOKMARK', shown)
  }

  response.writeHead(200, { 'content-type': 'application/json' })
  response.flushHeaders()
  const wantsAll = query.has('sendInitialEvents') ? isSet(query, 'sendInitialEvents') : from === 0
  const missed = wantsAll || from === 0 ? [] : store.changesAfter(key, from)
  if (missed === undefined) {
    const refusal = new ApiRefusal('Expired', `too old resource version: ${from} (${store.revision()})`)
    response.end(`${JSON.stringify({ type: 'ERROR', object: refusal.status() })}\n`)
    return
  }
  if (wantsAll) for (const object of store.list(key).filter(isWanted)) tell('ADDED', object)
  missed.forEach(tellChange)
  const stop = store.onChange(tellChange)
  const hasBookmarks = isSet(query, 'allowWatchBookmarks')
  if (hasBookmarks && isSet(query, 'sendInitialEvents')) bookmark(ALL_TOLD)
  const bookmarks = hasBookmarks ? setInterval(() => bookmark(), BOOKMARK_EVERY_MS) : undefined
  const end = setTimeout(
    () => {
      if (hasBookmarks) bookmark()
      response.end()
    },
    Math.min(seconds || DEFAULT_TIMEOUT_SECONDS, LONGEST_TIMEOUT_SECONDS) * 1000,
  )
  response.once('close', () => {
    stop()
    clearInterval(bookmarks)
    clearTimeout(end)
  })
}

/** @throws {ApiRefusal} when it is no version */
function versionOf(query: URLSearchParams): number {
  const text = query.get('resourceVersion') ?? ''
  if (/^\d{0,15}$/.test(text)) return Number(text)
  const value = JSON.stringify(text)
  const why = `strconv.ParseUint: parsing ${value}: invalid syntax`
  throw new ApiRefusal('Unknown', `resourceVersion: Invalid value: ${value}: ${why}`)
}

/** What a watch is told of what is gone for it: how it was when it last was there, at the version of the change. */
function asItWas({ type, object, before }: ObjectChange): KubernetesObject {
  if (type === 'DELETED' || before === undefined) return object
  const { resourceVersion } = object.metadata
  return { ...before, metadata: { ...before.metadata, ...(resourceVersion && { resourceVersion }) } }
}

/** What a change is to a watch: an object that is not selected any more is gone for it. */
function typeFor(
  { type, object, before }: ObjectChange,
  isWanted: (object: KubernetesObject) => boolean,
): ObjectChange['type'] | undefined {
  const was = before !== undefined && isWanted(before)
  const is = type !== 'DELETED' && isWanted(object)
  if (is) return was ? 'MODIFIED' : 'ADDED'
  return was ? 'DELETED' : undefined
}
