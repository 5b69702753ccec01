import type { IncomingMessage } from 'node:http'
import { ApiRefusal } from '../store/api-refusal.ts'
import { recordOf } from '../store/kubernetes-object.ts'
import { readProtobuf } from './protobuf/read-protobuf.ts'

/** The parts of a path of the API that is about objects. */
export interface ObjectPath {
  group: string
  version: string
  namespace?: string
  /** Plural. */
  name: string
  object?: string
  subresource?: string
  /** Of a proxy: what its node is asked. */
  rest: string
}

const OBJECT_PATH =
  /^\/(?:api|apis\/([^/]+))\/(v\d+\w*)\/(?:namespaces\/([^/]+)\/(?=[^/]))?([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?(?:\/(.*))?$/
/** Below a namespace only these are of the namespace itself. */
const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize'])
/** As the API server has it. */
const MOST_BODY_BYTES = 3 * 1024 * 1024

/** Takes a path apart; undefined when it is not of this shape. @throws {ApiRefusal} BadRequest for a wrong escape */
export function objectPath(pathname: string): ObjectPath | undefined {
  const match = OBJECT_PATH.exec(pathname)
  if (match === null) return undefined
  const [group = '', version = '', namespace, name = '', object, subresource, rest = ''] = match.slice(1)
  if (namespace !== undefined && (NAMESPACE_SUBRESOURCES.has(name) || name === '')) {
    return { group, version, name: 'namespaces', object: unescaped(namespace), subresource: name, rest }
  }
  return {
    group,
    version,
    ...(namespace !== undefined && { namespace: unescaped(namespace) }),
    name,
    ...(object !== undefined && { object: unescaped(object) }),
    ...(subresource !== undefined && { subresource }),
    rest,
  }
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new ApiRefusal('BadRequest', `invalid URL escape in "${part}"`)
  }
}

/** What is read of an empty body. */
const NOTHING = Object.freeze({})

/** The body of a request, in JSON or Protocol Buffers; empty is an empty record. @throws {ApiRefusal} */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BODY_BYTES) {
      const message = `Request entity too large: limit is ${MOST_BODY_BYTES}`
      throw new ApiRefusal('RequestEntityTooLarge', message)
    }
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  const type = request.headers['content-type'] ?? ''
  if (body.length > 0 && type.startsWith('application/vnd.kubernetes.protobuf')) return readProtobuf(body)
  const text = body.toString()
  if (text.trim() === '') return NOTHING
  try {
    return JSON.parse(text)
  } catch {
    if (/yaml|cbor/.test(type)) {
      const message = `the body of the request was in an unknown format - accepted media types include: application/json, application/vnd.kubernetes.protobuf`
      throw new ApiRefusal('UnsupportedMediaType', message)
    }
    throw new ApiRefusal('BadRequest', 'the object provided is unrecognized: the body is not JSON')
  }
}

const OBJECT_TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']

/** The body of a request that brings an object. @throws {ApiRefusal} */
export async function readObject(request: IncomingMessage, { kind }: { kind: string }): Promise<unknown> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';')
  if (type.trim() !== '' && !OBJECT_TYPES.includes(type.trim())) {
    const message = `the body of the request was in an unknown format - accepted media types include: ${OBJECT_TYPES.join(', ')}`
    throw new ApiRefusal('UnsupportedMediaType', message)
  }
  const body = await readBody(request)
  if (body !== NOTHING) return body
  const why = "couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)"
  throw new ApiRefusal('BadRequest', `the object provided is unrecognized (must be of type ${kind}): ${why}`)
}

/** The body of a request that brings a patch. @throws {ApiRefusal} */
export async function readPatch(request: IncomingMessage): Promise<unknown> {
  try {
    return await readBody(request)
  } catch (failure) {
    const isMerge = request.headers['content-type']?.startsWith('application/merge-patch+json') === true
    if (failure instanceof ApiRefusal && failure.reason === 'BadRequest' && isMerge) {
      throw new ApiRefusal('Unknown', 'Invalid JSON Patch')
    }
    throw failure
  }
}

/** Whether a client wants a table, and with how much of each object. */
export function wantsTable({ headers: { accept = '' } }: IncomingMessage): boolean {
  return accept
    .split(',')
    .some((type) => /;\s*as=Table\b/.test(type) && /g=meta\.k8s\.io/.test(type) && !/v=v1alpha1/.test(type))
}

/** Whether a query sets a flag, as Go reads one. */
export function isSet(query: URLSearchParams, name: string): boolean {
  return /^(1|t|true)$/i.test(query.get(name) ?? '')
}

/** A whole number of a query; undefined when it is absent. @throws {ApiRefusal} BadRequest */
export function wholeNumberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new ApiRefusal('BadRequest', `strconv.ParseInt: parsing "${text.slice(0, 40)}": invalid syntax`)
}

/** A body as an object with metadata. @throws {ApiRefusal} BadRequest */
export function objectOf(body: unknown): { metadata: Record<string, unknown>; [field: string]: unknown } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiRefusal('BadRequest', 'the object provided is unrecognized: it is not an object')
  }
  const { metadata } = body as Record<string, unknown>
  return { ...body, metadata: recordOf(metadata) }
}
