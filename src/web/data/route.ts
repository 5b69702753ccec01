/** What the page shows, by its address. */
export type Route =
  | { page: 'fleet' | 'incidents' | 'findings' | 'notifications' | 'explain' | 'nothing' }
  | { page: 'node'; name: string }
  | { page: 'incident'; id: string }

const LISTS = ['incidents', 'findings', 'notifications', 'explain'] as const

/** What a path of the page's own names. */
export function routeOf(path: string): Route {
  const [place = '', thing, ...rest] = path.replace(/^\/|\/$/g, '').split('/')
  const name = thing === undefined ? undefined : decoded(thing)
  if (rest.length > 0 || (thing !== undefined && !name)) return { page: 'nothing' }
  if (name !== undefined) {
    if (place === 'nodes') return { page: 'node', name }
    return place === 'incidents' ? { page: 'incident', id: name } : { page: 'nothing' }
  }
  if (place === '') return { page: 'fleet' }
  return { page: LISTS.find((page) => page === place) ?? 'nothing' }
}

/** The path of a node's page. */
export function nodePath(name: string): string {
  return `/nodes/${encodeURIComponent(name)}`
}

/** The path of an incident's page. */
export function incidentPath(id: string): string {
  return `/incidents/${encodeURIComponent(id)}`
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
