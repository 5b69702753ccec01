import { Badge } from '@mantine/core'
import { useSay } from '../data/language.tsx'
import { linkTo } from '../data/navigation.ts'
import type { Route } from '../data/route.ts'

const PLACES = [
  ['fleet', '/', ['fleet', 'node']],
  ['incidents', '/incidents', ['incidents', 'incident']],
  ['findings', '/findings', ['findings']],
  ['notifications', '/notifications', ['notifications']],
  ['explain', '/explain', ['explain']],
] as const

/** The ways to every list. */
export function SiteNav({ route, open }: { route: Route; open: number }) {
  const say = useSay()
  return (
    <nav aria-label={say('page.nav')} className="kp-nav">
      {PLACES.map(([place, path, pages]) => {
        const isHere = pages.some((page) => page === route.page)
        return (
          <a key={place} {...linkTo(path)} {...(isHere ? { 'aria-current': 'page' as const } : {})}>
            {say(`page.nav.${place}`)}
            {place === 'incidents' && open > 0 ? (
              <Badge
                size="xs"
                color="red"
                variant="filled"
                ml={6}
                aria-label={say('page.announce', { open })}
              >
                {open}
              </Badge>
            ) : null}
          </a>
        )
      })}
    </nav>
  )
}
