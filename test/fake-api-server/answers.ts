import type { ServerResponse } from 'node:http'
import { gzip } from 'node:zlib'

/** From this size on an API server packs its answers. */
const GZIP_FROM_BYTES = 128 * 1024

/** Answers with JSON, packed as a real server does when the client takes it. */
export function sendJson(
  response: ServerResponse,
  json: string,
  { status = 200, acceptsGzip = false } = {},
): void {
  const headers = { 'content-type': 'application/json' }
  if (!acceptsGzip || json.length < GZIP_FROM_BYTES) {
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(json) }).end(json)
    return
  }
  gzip(json, { level: 1 }, (_, packed) => {
    response
      .writeHead(status, { ...headers, 'content-encoding': 'gzip', 'content-length': packed.length })
      .end(packed)
  })
}

/** The object that explains a refusal. */
export function statusJson(code: number, reason: string, message: string): string {
  return JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  })
}

/** Refuses, with the object that explains it. */
export function sendStatus(response: ServerResponse, code: number, reason: string, message: string): void {
  sendJson(response, statusJson(code, reason, message), { status: code })
}
