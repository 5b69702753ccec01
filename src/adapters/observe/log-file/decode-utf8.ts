let seen: { buffer: ArrayBufferLike; text: Buffer } | undefined

/** Decodes UTF-8 in place; many short pieces of the same memory come after each other. */
export function decodeUtf8(bytes: Uint8Array, from: number, to: number): string {
  if (seen?.buffer !== bytes.buffer) seen = { buffer: bytes.buffer, text: Buffer.from(bytes.buffer) }
  return seen.text.toString('utf8', bytes.byteOffset + from, bytes.byteOffset + to)
}
