import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiRefusal } from '../store/api-refusal.ts'
import { acceptsGzip, sendJson, sendNoSuchPage } from './answers.ts'
import type { NodeEndpoint } from './node-endpoint.ts'

/** Asks a node's kubelet, as `/api/v1/nodes/{node}/proxy/…` does. @throws {ApiRefusal} ServiceUnavailable when it does not answer */
export function serveNodeProxy(
  endpoint: NodeEndpoint | undefined,
  rest: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (endpoint === undefined) {
    throw new ApiRefusal(
      'ServiceUnavailable',
      'error trying to reach service: dial tcp: connect: connection refused',
    )
  }
  if (rest === 'logs' || rest.startsWith('logs/'))
    return serveLogs(endpoint, rest.slice(5), request, response)
  const object =
    rest === 'stats/summary' ? endpoint.summary?.() : rest === 'configz' ? endpoint.configz?.() : undefined
  if (object !== undefined) {
    return sendJson(response, JSON.stringify(object), { acceptsGzip: acceptsGzip(request) })
  }
  const text =
    rest === 'metrics'
      ? endpoint.metrics?.()
      : rest === 'healthz'
        ? (endpoint.healthz?.() ?? 'ok')
        : undefined
  if (text === undefined) return sendNoSuchPage(response)
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text)
}

function serveLogs(
  endpoint: NodeEndpoint,
  escaped: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const path = unescapedPath(escaped)
  if (path === undefined) return sendNoSuchPage(response)
  const file = endpoint.logFile?.(path)
  if (file !== undefined) return serveFile(Buffer.from(file), request, response)
  const names = path === '' || path.endsWith('/') ? endpoint.logFolder?.(path) : undefined
  if (names === undefined) return sendNoSuchPage(response)
  const links = names.map((name) => `<a href="${encodeURI(name)}">${name.replace(/[<>&"]/g, '')}</a>\n`)
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(
      `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${links.join('')}</pre>\n`,
    )
}

function unescapedPath(escaped: string): string | undefined {
  try {
    return decodeURIComponent(escaped)
  } catch {
    return undefined
  }
}

/** A file as Go's file server gives it: whole, a range, or 416. */
export function serveFile(file: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  if (from === '' && to === '') return void response.writeHead(200).end(file)
  const start = from === '' ? Math.max(0, file.length - Number(to)) : Number(from)
  const end = from === '' || to === '' ? file.length : Math.min(file.length, Number(to) + 1)
  if (start >= file.length) {
    response
      .writeHead(416, { 'content-range': `bytes */${file.length}` })
      .end('invalid range: failed to overlap\n')
    return
  }
  response
    .writeHead(206, { 'content-range': `bytes ${start}-${end - 1}/${file.length}` })
    .end(file.subarray(start, end))
}
