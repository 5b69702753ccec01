import type { ServerResponse } from 'node:http'
import type { Instant } from '../../../core/units/instant.ts'
import { ApiRefusal } from '../store/api-refusal.ts'
import type { KubernetesObject } from '../store/kubernetes-object.ts'
import { isSet, wholeNumberOf } from './api-request.ts'
import type { LabCluster } from './lab-cluster.ts'
import type { PodLogAnswer } from './node-endpoint.ts'
import { recordsAt, textAt } from './table/columns.ts'

/** More is never shown: the programs of the lab write without end. */
const MOST_LINES = 2000
/** A followed log is looked at so often. */
const LOOK_MS = 250

/** Answers with the log of a container, and with what it goes on to write where it is followed. @throws {ApiRefusal} BadRequest */
export function servePodLog(
  { endpoints, now }: LabCluster,
  pod: KubernetesObject,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  const container = containerOf(pod, query)
  // As the API server does: it knows no kubelet to ask.
  if (textAt(pod, 'spec.nodeName') === '') return void response.writeHead(204).end()
  const options = { container, previous: isSet(query, 'previous') }
  const ask = (after: Instant, most: number): PodLogAnswer | undefined =>
    endpoints(textAt(pod, 'spec.nodeName'))?.podLog?.(pod, { ...options, after, most })
  const tail = Math.min(wholeNumberOf(query, 'tailLines') ?? MOST_LINES, MOST_LINES)
  const room = wholeNumberOf(query, 'limitBytes') ?? Infinity
  let after = beginningOf(query, now())
  const first = ask(after, tail)
  if (first === undefined) throw missing(pod, options)
  response.writeHead(200, { 'content-type': 'text/plain' })
  let sentBytes = 0
  const send = ({ lines }: PodLogAnswer) => {
    const text = lines.map(
      ({ at, text: said }) => `${isSet(query, 'timestamps') ? stampOf(at) : ''}${said}\n`,
    )
    const bytes = Buffer.from(text.join('')).subarray(0, room - sentBytes)
    sentBytes += bytes.length
    after = lines.at(-1)?.at ?? after
    response.write(bytes)
  }
  send(first)
  if (!isSet(query, 'follow') || first.isOver) return void response.end()
  const looking = setInterval(() => {
    // A client that does not read is not told more.
    if (response.writableNeedDrain) return
    const more = ask(after, MOST_LINES)
    if (more) send(more)
    if (!more || more.isOver || sentBytes >= room) response.end()
  }, LOOK_MS)
  response.once('close', () => clearInterval(looking))
}

/** Which container is meant, if its log can be read. */
function containerOf(pod: KubernetesObject, query: URLSearchParams): string {
  const { name } = pod.metadata
  const containers = recordsAt(pod, 'spec.containers').map((one) => textAt(one, 'name'))
  const container = query.get('container') || (containers.length === 1 ? containers[0] : undefined)
  if (container === undefined) {
    throw badRequest(
      `a container name must be specified for pod ${name}, choose one of: [${containers.join(' ')}]`,
    )
  }
  if (!containers.includes(container)) throw badRequest(`container ${container} is not valid for pod ${name}`)
  const status = recordsAt(pod, 'status.containerStatuses').find((one) => one['name'] === container)
  const waiting = textAt(status, 'state.waiting.reason')
  const hasEnded = textAt(status, 'lastState.terminated.reason') !== ''
  if (waiting !== '' && !hasEnded) {
    throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${waiting}`)
  }
  return container
}

function missing(
  { metadata: { name } }: KubernetesObject,
  { container, previous }: { container: string; previous: boolean },
): ApiRefusal {
  return badRequest(
    previous
      ? `previous terminated container "${container}" in pod "${name}" not found`
      : `container "${container}" in pod "${name}" is not available`,
  )
}

/** @throws {ApiRefusal} BadRequest */
function beginningOf(query: URLSearchParams, now: Instant): Instant {
  const since = wholeNumberOf(query, 'sinceSeconds')
  if (since !== undefined) return now - since * 1000
  const time = query.get('sinceTime')
  if (time === null) return -Infinity
  const at = Date.parse(time)
  if (Number.isNaN(at)) throw badRequest(`sinceTime is no time: ${JSON.stringify(time.slice(0, 40))}`)
  return at - 1
}

/** With nine digits, as a runtime writes it. */
function stampOf(at: Instant): string {
  return `${new Date(Math.floor(at)).toISOString().slice(0, -1)}000000Z `
}

function badRequest(message: string): ApiRefusal {
  return new ApiRefusal('BadRequest', message)
}
