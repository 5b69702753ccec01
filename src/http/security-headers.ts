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

/** The worker that explains logs searches by WebAssembly; it may load its own script, and speak to nobody. */
const EXPLAIN_WORKER = '/assets/explain-worker-'
const EXPLAIN_WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"

/** Puts them on every answer; answers with data are not kept by caches. */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await next()
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.header(name, value)
  if (context.req.path.startsWith(EXPLAIN_WORKER)) {
    context.header('Content-Security-Policy', EXPLAIN_WORKER_POLICY)
  }
  const isData = context.req.path.startsWith('/api/')
  if (isData || !context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store')
}
