import type { MiddlewareHandler } from 'hono'

/** What the browser is told that the page may never do. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
}

/** Puts them on every answer; answers with data are not kept by caches. */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next()
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.header(name, value)
  const isData = context.req.path.startsWith('/api/')
  if (isData || !context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store')
}
