/** One field of a message of Protocol Buffers, as it stands there: a number, or bytes. */
export interface WireField {
  number: number
  value: bigint | Buffer
}

/** What is not a message of Protocol Buffers. */
export class UnreadableMessage extends Error {}

const [VARINT, FIXED64, BYTES, FIXED32] = [0, 1, 2, 5]
const LONGEST_VARINT = 10

/** Takes a message apart into its fields, in their order. @throws {UnreadableMessage} */
export function wireFields(message: Buffer): WireField[] {
  const fields: WireField[] = []
  let at = 0

  function varint(): bigint {
    let value = 0n
    for (let byte = 0; byte < LONGEST_VARINT; byte++) {
      const next = message[at++]
      if (next === undefined) throw new UnreadableMessage('it ends within a number')
      value |= BigInt(next & 0x7f) << BigInt(7 * byte)
      if (next < 0x80) return BigInt.asUintN(64, value)
    }
    throw new UnreadableMessage('a number is too long')
  }
  function bytes(length: number): Buffer {
    const from = at
    at += length
    if (at > message.length) throw new UnreadableMessage('it ends within a field')
    return message.subarray(from, at)
  }

  while (at < message.length) {
    const tag = Number(varint())
    const [number, type] = [Math.floor(tag / 8), tag % 8]
    if (number === 0) throw new UnreadableMessage('a field has no number')
    if (type === VARINT) fields.push({ number, value: varint() })
    else if (type === BYTES) fields.push({ number, value: bytes(Number(varint())) })
    else if (type === FIXED64) fields.push({ number, value: bytes(8) })
    else if (type === FIXED32) fields.push({ number, value: bytes(4) })
    else throw new UnreadableMessage(`a field is of the unknown type ${type}`)
  }
  return fields
}
