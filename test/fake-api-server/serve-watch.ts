import type { ServerResponse } from 'node:http'
import { statusJson } from './answers.ts'
import type { ObjectStore, StoredChange } from './object-store.ts'
import type { ServedResource } from './resources.ts'

/** A watch that is under way. */
export interface OpenWatch {
  resource: string
  response: ServerResponse
  sendBookmark(): void
  /** Sends a line as it is. */
  send(line: string): void
}

/** What becomes of a line on its way: sent, sent twice, later, never. */
export type OnTheWay = (line: string, watch: OpenWatch) => void

/** Serves watches, and keeps those that are under way for a test to break. */
export function watchServer(store: ObjectStore, onTheWay: () => OnTheWay | undefined) {
  const open = new Set<OpenWatch>()

  function serve(
    resource: ServedResource,
    namespace: string | undefined,
    query: URLSearchParams,
    response: ServerResponse,
  ) {
    response.writeHead(200, { 'content-type': 'application/json', 'transfer-encoding': 'chunked' })
    response.flushHeaders()
    const send = (line: string) => void (response.destroyed || response.write(line))
    const line = (type: string, json: string) => `{"type":"${type}","object":${json}}\n`
    const watch: OpenWatch = {
      resource: resource.name,
      response,
      send,
      sendBookmark() {
        const metadata = { resourceVersion: String(store.revision()), creationTimestamp: null }
        const bookmark = { kind: resource.kind, apiVersion: resource.groupVersion, metadata }
        if (query.get('allowWatchBookmarks')) tell(line('BOOKMARK', JSON.stringify(bookmark)))
      },
    }
    const tell = (text: string) => {
      const way = onTheWay()
      if (way === undefined) send(text)
      else way(text, watch)
    }
    const tellChange = ({ type, namespace: where, json }: StoredChange) => {
      if (namespace === undefined || where === namespace) tell(line(type, json))
    }
    const missed = store.changesAfter(resource.name, Number(query.get('resourceVersion') ?? 0))
    if (missed === undefined) {
      response.end(line('ERROR', statusJson('Expired', 'too old resource version')))
      return
    }
    open.add(watch)
    for (const change of missed) tellChange(change)
    const stop = store.onChange(resource.name, tellChange)
    const seconds = Number(query.get('timeoutSeconds') ?? 1800)
    const timer = setTimeout(() => response.end(), seconds * 1000)
    response.once('close', () => {
      stop()
      clearTimeout(timer)
      open.delete(watch)
    })
  }

  return { serve, open }
}
