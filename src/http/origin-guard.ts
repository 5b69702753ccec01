import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import { refuse } from './api-error.ts'

/** Another port of this host is another site to us, whatever browsers call it. */
const ELSEWHERE = new Set(['cross-site', 'same-site'])

/**
 * Serves only requests that name this server by a loopback name and its port, and that come from no
 * other site: a page elsewhere can make a browser ask, but not under these names.
 */
export function originGuard(port: () => number): MiddlewareHandler<{ Bindings: HttpBindings }> {
  return async (context, next) => {
    const header = (name: string) => context.req.header(name)
    const hosts = ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port()}`)
    // A request line may name a host too (`GET http://…`), and then it counts for more than the header.
    const isToUs = hosts.includes(header('Host') ?? '') && context.env.incoming.url?.startsWith('/') === true
    const origin = header('Origin')
    const isFromUs =
      (origin === undefined || hosts.some((host) => origin === `http://${host}`)) &&
      !ELSEWHERE.has(header('Sec-Fetch-Site') ?? '')
    // Following a link from another site to the page is no harm: it shows nothing without a session.
    const isLink =
      header('Sec-Fetch-Mode') === 'navigate' && context.req.method === 'GET' && origin === undefined
    if (!isToUs || !(isFromUs || isLink)) return refuse(context, 'KP_FORBIDDEN')
    await next()
    return undefined
  }
}
