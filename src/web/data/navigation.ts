import { useMemo, useSyncExternalStore, type MouseEvent } from 'react'
import { routeOf, type Route } from './route.ts'

const listeners = new Set<() => void>()
const tell = () => listeners.forEach((listener) => listener())
addEventListener('popstate', tell)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Shows another place of the page, as following a link does. */
function go(path: string): void {
  history.pushState(null, '', path)
  scrollTo(0, 0)
  tell()
}

/** What the page shows now. */
export function useRoute(): Route {
  const path = useSyncExternalStore(subscribe, () => location.pathname)
  return useMemo(() => routeOf(path), [path])
}

/** Where a link leads, without the page being loaded anew; other buttons and keys do what they always do. */
export function linkTo(path: string) {
  return {
    href: path,
    onClick(event: MouseEvent) {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      go(path)
    },
  }
}

/** What the address asks for after `?`, and how to ask for something else; an empty text asks for nothing. */
export function useAsked(): [asked: URLSearchParams, ask: (change: Record<string, string>) => void] {
  const search = useSyncExternalStore(subscribe, () => location.search)
  const asked = useMemo(() => new URLSearchParams(search), [search])
  const ask = (change: Record<string, string>) => {
    const next = new URLSearchParams(location.search)
    for (const [name, value] of Object.entries(change)) {
      if (value === '') next.delete(name)
      else next.set(name, value)
    }
    const text = next.size === 0 ? '' : `?${next}`
    history.replaceState(null, '', location.pathname + text)
    tell()
  }
  return [asked, ask]
}
