import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzip } from 'node:zlib'
import type { ApiRefusal } from '../store/api-refusal.ts'

/** From this size on an API server packs its answers. */
const GZIP_FROM_BYTES = 128 * 1024

/** Answers with JSON, packed as a real server does when the client takes it. */
export function sendJson(
  response: ServerResponse,
  json: string,
  { status = 200, acceptsGzip: mayPack = false } = {},
): void {
  const headers = { 'content-type': 'application/json' }
  if (!mayPack || json.length < GZIP_FROM_BYTES) {
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(json) }).end(json)
    return
  }
  gzip(json, { level: 1 }, (_, packed) => {
    response
      .writeHead(status, { ...headers, 'content-encoding': 'gzip', 'content-length': packed.length })
      .end(packed)
  })
}

export function acceptsGzip({ headers }: IncomingMessage): boolean {
  return headers['accept-encoding']?.includes('gzip') === true
}

/** Refuses, with the object that explains it. */
export function sendRefusal(response: ServerResponse, refusal: ApiRefusal): void {
  const retry = refusal.details?.retryAfterSeconds
  if (retry !== undefined) response.setHeader('retry-after', String(retry))
  sendJson(response, JSON.stringify(refusal.status()), { status: refusal.code })
}

/** What nothing serves. */
export function sendNoSuchPage(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404 page not found\n')
}
