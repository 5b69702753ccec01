/** What of a protobuf message is read, by field number: its name here, and what it is. */
export type MessageShape = Readonly<Record<number, readonly [name: string, kind: FieldKind]>>

/** How a field is read. A list has all its values, anything else the last one. */
export type FieldKind =
  | 'string'
  | 'strings'
  | 'number'
  | 'boolean'
  | 'map'
  | Readonly<{ message: MessageShape }>
  | Readonly<{ messages: MessageShape }>

/** A message as it was read: fields that are absent have no entry. */
export type Decoded = Readonly<Record<string, unknown>>

/** Bytes that are no protobuf message. */
export class MalformedMessage extends Error {}

const MAP_ENTRY: MessageShape = { 1: ['key', 'string'], 2: ['value', 'string'] }
/** What is told of a runtime has fewer levels. */
const MOST_DEPTH = 20

/**
 * Reads a protobuf message. Fields that the shape does not name are passed over. A 64-bit number beyond 2⁵³ loses
 * its last digits.
 * @throws {MalformedMessage}
 */
export function readMessage(bytes: Uint8Array, shape: MessageShape, depth = 0): Decoded {
  if (depth > MOST_DEPTH) throw new MalformedMessage('messages within messages without end')
  const reader = new Reader(bytes)
  const message: Record<string, unknown> = {}
  while (!reader.isAtEnd()) {
    const tag = reader.varint()
    const field = shape[Number(tag >> 3n)]
    const wireType = Number(tag & 7n)
    if (field === undefined) reader.skip(wireType)
    else readField(message, field, wireType, reader, depth)
  }
  return message
}

function readField(
  message: Record<string, unknown>,
  [name, kind]: MessageShape[number],
  wireType: number,
  reader: Reader,
  depth: number,
): void {
  const isNumeric = kind === 'number' || kind === 'boolean'
  if (isNumeric !== (wireType === 0) || (!isNumeric && wireType !== 2))
    throw new MalformedMessage(`${name} is of the wire type ${wireType}`)
  const list = () => (message[name] ??= []) as unknown[]
  if (kind === 'number') message[name] = Number(BigInt.asIntN(64, reader.varint()))
  else if (kind === 'boolean') message[name] = reader.varint() !== 0n
  else if (kind === 'string') message[name] = reader.text()
  else if (kind === 'strings') list().push(reader.text())
  else if (kind === 'map') {
    const { key = '', value = '' } = readMessage(reader.bytes(), MAP_ENTRY, depth + 1)
    ;(message[name] ??= new Map<string, string>()) as Map<string, string>
    ;(message[name] as Map<unknown, unknown>).set(key, value)
  } else if ('messages' in kind) list().push(readMessage(reader.bytes(), kind.messages, depth + 1))
  else message[name] = readMessage(reader.bytes(), kind.message, depth + 1)
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  isAtEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  varint(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) break
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asUintN(64, value)
    }
    throw new MalformedMessage('a number without an end')
  }

  bytes(): Uint8Array {
    const length = Number(this.varint())
    const from = this.#at
    if (length > this.#bytes.length - from) throw new MalformedMessage('a field longer than its message')
    this.#at += length
    return this.#bytes.subarray(from, this.#at)
  }

  text(): string {
    return Buffer.from(this.bytes()).toString('utf8')
  }

  skip(wireType: number): void {
    if (wireType === 0) this.varint()
    else if (wireType === 2) this.bytes()
    else if (wireType === 1 || wireType === 5) {
      this.#at += wireType === 1 ? 8 : 4
      if (this.#at > this.#bytes.length) throw new MalformedMessage('a number that is cut off')
    } else throw new MalformedMessage(`the wire type ${wireType}`)
  }
}

/** Writes the message of a request: texts, yes or no, and messages within, by field number. */
export function writeMessage(fields: Readonly<Record<number, string | boolean | Uint8Array>>): Uint8Array {
  return Buffer.concat(
    Object.entries(fields).map(([number, value]) => {
      if (typeof value === 'boolean') return Buffer.of(...varint(Number(number) << 3), value ? 1 : 0)
      const bytes = Buffer.from(value)
      return Buffer.concat([Buffer.of(...varint((Number(number) << 3) | 2), ...varint(bytes.length)), bytes])
    }),
  )
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))]
}
