import type { MiddlewareHandler } from 'hono'
import { refuse } from './api-error.ts'

/**
 * Serves only requests that name this server by a loopback name and its port, and that come from no
 * other site: a page elsewhere can make a browser ask, but not under these names.
 */
export function originGuard(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const hosts = ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port()}`)
    const origin = context.req.header('Origin')
    const isOurs =
      hosts.includes(context.req.header('Host') ?? '') &&
      (origin === undefined || hosts.some((host) => origin === `http://${host}`)) &&
      context.req.header('Sec-Fetch-Site') !== 'cross-site'
    if (
      !isOurs &&
      !isNavigation(
        context.req.header('Sec-Fetch-Mode'),
        context.req.method,
        hosts.includes(context.req.header('Host') ?? ''),
        origin,
      )
    ) {
      return refuse(context, 'KP_FORBIDDEN')
    }
    await next()
    return undefined
  }
}

/** Following a link from another site to the page is no harm: it shows nothing without a session. */
function isNavigation(
  mode: string | undefined,
  method: string,
  isOurHost: boolean,
  origin: string | undefined,
): boolean {
  return isOurHost && mode === 'navigate' && method === 'GET' && origin === undefined
}
