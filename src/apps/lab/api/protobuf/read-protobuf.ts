import { ApiRefusal } from '../../store/api-refusal.ts'
import { formatInstant } from '../../../../core/units/instant.ts'
import { MESSAGE_TYPES, type MessageField } from './message-types.ts'
import { UnreadableMessage, wireFields, type WireField } from './wire-format.ts'

/** How every object in Protocol Buffers begins. */
const MAGIC = Buffer.from('k8s\0')

/**
 * An object in Protocol Buffers as the JSON that says the same.
 * @throws {ApiRefusal} UnsupportedMediaType for a kind the lab does not know in this form; BadRequest for what is no such object
 */
export function readProtobuf(body: Buffer): unknown {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) throw unreadable('it does not begin as one')
  try {
    const envelope = wireFields(body.subarray(MAGIC.length))
    const typeMeta = wireFields(bytesOf(envelope, 1))
    const [apiVersion, kind] = [1, 2].map((number) => bytesOf(typeMeta, number).toString())
    const known = MESSAGE_TYPES.get(kind ?? '')
    if (known === undefined) throw unknownKind(kind ?? '')
    return { apiVersion, kind, ...record(bytesOf(envelope, 2), kind ?? '') }
  } catch (failure) {
    throw failure instanceof UnreadableMessage ? unreadable(failure.message) : failure
  }
}

function record(message: Buffer, type: string): Record<string, unknown> {
  const known = MESSAGE_TYPES.get(type)
  const fields = new Map<string, unknown>()
  for (const { number, value } of wireFields(message)) {
    const field = known?.get(number)
    // What is not understood must not be lost in silence.
    if (field === undefined) throw unknownKind(`${type} (field ${number})`)
    const { name, shape, isOptional } = field
    if (shape === 'list') listIn(fields, name).push(valueOf(field, value))
    else if (shape === 'map') {
      const entry = wireFields(inBytes(value))
      const held = entry.findLast((one) => one.number === 2)?.value ?? Buffer.alloc(0)
      mapIn(fields, name).set(bytesOf(entry, 1).toString(), valueOf(field, held))
    } else {
      const read = valueOf(field, value)
      if (isOptional || !isEmpty(read)) fields.set(name, read)
    }
  }
  return Object.fromEntries(
    [...fields].map(([name, value]) => [name, value instanceof Map ? Object.fromEntries(value) : value]),
  )
}

function listIn(fields: Map<string, unknown>, name: string): unknown[] {
  const known = fields.get(name)
  const list = Array.isArray(known) ? known : []
  fields.set(name, list)
  return list
}
function mapIn(fields: Map<string, unknown>, name: string): Map<string, unknown> {
  const known = fields.get(name)
  const map = known instanceof Map ? known : new Map<string, unknown>()
  fields.set(name, map)
  return map
}

function valueOf({ type }: MessageField, value: bigint | Buffer): unknown {
  switch (type) {
    case 'string':
      return inBytes(value).toString()
    case 'bytes':
      return inBytes(value).toString('base64')
    case 'bool':
      return inNumber(value) !== 0n
    case 'int':
      return Number(BigInt.asIntN(64, inNumber(value)))
    case 'Quantity':
      return bytesOf(wireFields(inBytes(value)), 1).toString()
    case 'Time':
      return timeOf(wireFields(inBytes(value)))
    case 'IntOrString': {
      const parts = wireFields(inBytes(value))
      return numberOf(parts, 1) === 1 ? bytesOf(parts, 3).toString() : numberOf(parts, 2)
    }
    default:
      return record(inBytes(value), type)
  }
}

/** No time at all is an empty message. */
function timeOf(parts: readonly WireField[]): string | undefined {
  const seconds = numberOf(parts, 1)
  const isTime = parts.length > 0 && seconds >= FIRST_SECOND && seconds <= LAST_SECOND
  return isTime ? formatInstant(seconds * 1000) : undefined
}
/** Of the years 1 and 9999: what RFC 3339 can write. */
const [FIRST_SECOND, LAST_SECOND] = [-62_135_596_800, 253_402_300_799]

function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return value === undefined || value === '' || value === 0 || value === false
}

function bytesOf(fields: readonly WireField[], wanted: number): Buffer {
  return inBytes(fields.findLast(({ number }) => number === wanted)?.value ?? Buffer.alloc(0))
}
function numberOf(fields: readonly WireField[], wanted: number): number {
  const value = fields.findLast(({ number }) => number === wanted)?.value ?? 0n
  return Number(BigInt.asIntN(64, inNumber(value)))
}
function inBytes(value: bigint | Buffer): Buffer {
  if (typeof value !== 'bigint') return value
  throw new UnreadableMessage('a number stands where bytes belong')
}
function inNumber(value: bigint | Buffer): bigint {
  if (typeof value === 'bigint') return value
  throw new UnreadableMessage('bytes stand where a number belongs')
}

function unreadable(why: string): ApiRefusal {
  return new ApiRefusal(
    'BadRequest',
    `the object provided is unrecognized: the body is no object in Protocol Buffers: ${why}`,
  )
}

function unknownKind(kind: string): ApiRefusal {
  const message = `the lab does not read ${kind.slice(0, 80)} in Protocol Buffers; send JSON: kubectl does for files (kubectl create ... --dry-run=client -o yaml | kubectl create -f -)`
  return new ApiRefusal('UnsupportedMediaType', message)
}
