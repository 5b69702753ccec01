import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendNoSuchPage } from '../../src/apps/lab/api/answers.ts'
import { serveFile } from '../../src/apps/lab/api/node-proxy.ts'
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
  if (answer === undefined) return sendNoSuchPage(response)
  const isText = typeof answer === 'string'
  response.writeHead(200, { 'content-type': isText ? 'text/plain; version=0.0.4' : 'application/json' })
  response.end(isText ? answer : JSON.stringify(answer))
}

function serveLog(text: string | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (text === undefined) return sendNoSuchPage(response)
  serveFile(Buffer.from(text), request, response)
}
