import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendStatus } from './answers.ts'

/** What a kubelet answers with: text or JSON, or nothing at all, ever. */
export type KubeletAnswer = string | object | typeof HANGS
export const HANGS = Symbol('hangs')

/** A node's kubelet as the API server reaches it. */
export interface FakeKubelet {
  summary?: () => KubeletAnswer
  configz?: () => KubeletAnswer
  metrics?: () => KubeletAnswer
  /** Files below /var/log. */
  logs?: Readonly<Record<string, string>>
}

/** Serves `/api/v1/nodes/{node}/proxy/…`. */
export function serveNode(
  kubelet: FakeKubelet | undefined,
  { node, rest }: { node: string; rest: string },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (kubelet === undefined) return sendStatus(response, 'NotFound', `nodes "${node}" not found`)
  if (rest.startsWith('logs/'))
    return serveLog(kubelet.logs?.[decodeURIComponent(rest.slice(5))], request, response)
  const answers: Record<string, (() => KubeletAnswer) | undefined> = {
    'stats/summary': kubelet.summary,
    configz: kubelet.configz,
    metrics: kubelet.metrics,
  }
  const answer = answers[rest]?.()
  if (answer === HANGS) return
  if (answer === undefined) return notFound(response)
  const isText = typeof answer === 'string'
  response.writeHead(200, { 'content-type': isText ? 'text/plain; version=0.0.4' : 'application/json' })
  response.end(isText ? answer : JSON.stringify(answer))
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404 page not found\n')
}

/** As Go's file server does: whole, a range, or 416. */
function serveLog(text: string | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (text === undefined) return notFound(response)
  const file = Buffer.from(text)
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  if (request.headers.range === undefined) return void response.writeHead(200).end(file)
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
