import type { ServerResponse } from 'node:http'
import { sendJson } from '../../src/apps/lab/api/answers.ts'
import { sendStatus } from './answers.ts'
import type { ObjectStore } from './object-store.ts'
import type { ServedResource } from './resources.ts'

/** A list that is being read a page at a time, as it was when it began. */
interface OpenList {
  revision: number
  rows: readonly string[]
}

const MOST_OPEN_LISTS = 50

/** Serves lists with limit and continue; every page shows the instant of the first. */
export function listServer(store: ObjectStore) {
  const open = new Map<string, OpenList>()
  let begun = 0

  /** As if the history of all open lists were compacted: going on with one is refused with 410. */
  const forget = () => open.clear()

  function serve(
    resource: ServedResource,
    namespace: string | undefined,
    query: URLSearchParams,
    response: ServerResponse,
    acceptsGzip: boolean,
  ) {
    const limit = Number(query.get('limit') ?? 0)
    const token = query.get('continue')
    const [id = '', from = '0'] = token === null ? [] : Buffer.from(token, 'base64url').toString().split(':')
    const begin = (): OpenList => {
      const rows = store
        .objects(resource.name)
        .filter((row) => namespace === undefined || row.namespace === namespace)
      return { revision: store.revision(), rows: rows.map(({ json }) => json) }
    }
    const list = token === null ? begin() : open.get(id)
    if (list === undefined) {
      return sendStatus(
        response,
        'Expired',
        'The provided continue parameter is too old to display a consistent list result.',
      )
    }
    const start = Number(from)
    const end = limit === 0 ? list.rows.length : Math.min(start + limit, list.rows.length)
    const metadata: Record<string, unknown> = { resourceVersion: String(list.revision) }
    if (end < list.rows.length) {
      const kept = token === null ? String(++begun) : id
      open.set(kept, list)
      if (open.size > MOST_OPEN_LISTS) open.delete(open.keys().next().value ?? '')
      metadata['continue'] = Buffer.from(`${kept}:${end}`).toString('base64url')
      metadata['remainingItemCount'] = list.rows.length - end
    } else if (token !== null) open.delete(id)
    const head = `{"kind":"${resource.kind}List","apiVersion":"${resource.groupVersion}","metadata":${JSON.stringify(metadata)},"items":[`
    sendJson(response, `${head}${list.rows.slice(start, end).join(',')}]}\n`, { acceptsGzip })
  }

  return { serve, forget }
}
