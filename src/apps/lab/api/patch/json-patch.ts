import { isDeepStrictEqual } from 'node:util'
import { ApiRefusal } from '../../store/api-refusal.ts'
import { recordOf } from '../../store/kubernetes-object.ts'
import { isRecord } from './merge-patch.ts'

const NO_LIST = 'json: cannot unmarshal object into Go value of type jsonpatch.Patch'
/** As the API server has it. */
const MOST_OPERATIONS = 10_000

/** RFC 6902. @throws {ApiRefusal} BadRequest for what is no patch, Invalid for one that cannot be applied */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw new ApiRefusal('BadRequest', NO_LIST)
  if (patch.length > MOST_OPERATIONS) {
    const message = `The allowed maximum operations in a JSON patch is ${MOST_OPERATIONS}, got ${patch.length}`
    throw new ApiRefusal('RequestEntityTooLarge', message)
  }
  return patch.map(recordOf).reduce(applied, target)
}

function applied(document: unknown, operation: Record<string, unknown>): unknown {
  const path = pointer(operation['path'])
  switch (operation['op']) {
    case 'add':
      return added(document, path, operation['value'])
    case 'remove':
      return removed(document, path)
    case 'replace':
      return added(removed(document, path), path, operation['value'])
    case 'move': {
      const from = pointer(operation['from'])
      return added(removed(document, from), path, found(document, from))
    }
    case 'copy':
      return added(document, path, found(document, pointer(operation['from'])))
    case 'test':
      if (isDeepStrictEqual(found(document, path), operation['value'])) return document
      throw unusable()
    default:
      throw new ApiRefusal(
        'BadRequest',
        `unexpected kind of operation in patch: ${JSON.stringify(operation['op'])}`,
      )
  }
}

function pointer(text: unknown): string[] {
  if (text === '') return []
  if (typeof text !== 'string' || !text.startsWith('/')) {
    throw new ApiRefusal('BadRequest', 'error decoding patch: a path begins with "/"')
  }
  const parts = text.slice(1).split('/')
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function found(document: unknown, path: readonly string[]): unknown {
  return path.reduce((value: unknown, part) => {
    if (Array.isArray(value) && /^\d+$/.test(part) && Number(part) < value.length) return value[Number(part)]
    if (isRecord(value) && Object.hasOwn(value, part)) return value[part]
    throw unusable()
  }, document)
}

function added(document: unknown, path: readonly string[], value: unknown): unknown {
  const [part, ...rest] = path
  if (part === undefined) return value
  const isLast = rest.length === 0
  if (Array.isArray(document)) {
    const index = part === '-' && isLast ? document.length : Number(part)
    if (!/^(\d+|-)$/.test(part) || !(index <= document.length)) throw unusable()
    return isLast
      ? document.toSpliced(index, 0, value)
      : document.with(checked(index, document.length), added(document[index], rest, value))
  }
  if (!isRecord(document)) throw unusable()
  if (!isLast && !Object.hasOwn(document, part)) throw unusable()
  const entries = new Map(Object.entries(document))
  return Object.fromEntries(entries.set(part, isLast ? value : added(entries.get(part), rest, value)))
}

function removed(document: unknown, path: readonly string[]): unknown {
  found(document, path)
  const [part, ...rest] = path
  if (part === undefined) return null
  const isLast = rest.length === 0
  if (Array.isArray(document)) {
    const index = Number(part)
    return isLast ? document.toSpliced(index, 1) : document.with(index, removed(document[index], rest))
  }
  const entries = new Map(Object.entries(recordOf(document)))
  if (isLast) entries.delete(part)
  else entries.set(part, removed(entries.get(part), rest))
  return Object.fromEntries(entries)
}

function checked(index: number, length: number): number {
  if (index < length) return index
  throw unusable()
}

/** The API server keeps to itself which operation could not be done. */
function unusable(): ApiRefusal {
  return new ApiRefusal('Invalid', 'the server rejected our request due to an error in our request', {})
}
