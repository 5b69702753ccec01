import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Context, MiddlewareHandler } from 'hono'
import { refuse } from './api-error.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/**
 * Serves the built page. What may be served is listed once at the start, so no path of a request is
 * ever looked up on the disk; any other address of the page's own shows the page itself.
 */
export async function pageFiles(root: string): Promise<MiddlewareHandler> {
  const files = new Map<string, string>()
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries.filter((found) => found.isFile())) {
    const location = path.join(entry.parentPath, entry.name)
    files.set(`/${path.relative(root, location).split(path.sep).join('/')}`, location)
  }
  const serve = async (context: Context, location: string) => {
    const content = await readFile(location)
    return context.body(new Uint8Array(content), 200, {
      'Content-Type': TYPES[path.extname(location)] ?? 'application/octet-stream',
      'Cache-Control': context.req.path.startsWith('/assets/')
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
    })
  }
  return async (context) => {
    const location = files.get(context.req.path)
    if (location !== undefined) return serve(context, location)
    const page = files.get('/index.html')
    const wantsPage =
      !context.req.path.startsWith('/api/') && context.req.header('Accept')?.includes('text/html') === true
    return page !== undefined && (wantsPage || context.req.path === '/')
      ? serve(context, page)
      : refuse(context, 'KP_NO_SUCH_THING')
  }
}
