/** Bytes of which the first are known before they are read. */
export interface Peeked {
  beginning: Uint8Array
  /** True when there is nothing after the beginning. */
  isWhole: boolean
  bytes: AsyncIterable<Uint8Array>
}

/** Looks at the first bytes of a stream, so many if there are. What fails fails where it is read. */
export async function peek(stream: AsyncIterable<Uint8Array>, length: number): Promise<Peeked> {
  const iterator = stream[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let have = 0
  let failure: { cause: unknown } | undefined
  let isOver = false
  while (have < length && !isOver) {
    try {
      const next = await iterator.next()
      if (next.done) isOver = true
      else {
        first.push(next.value)
        have += next.value.length
      }
    } catch (cause) {
      failure = { cause }
      isOver = true
    }
  }
  return {
    beginning: first.length === 1 && first[0] ? first[0] : joined(first, have),
    isWhole: isOver,
    bytes: (async function* () {
      try {
        yield* first.splice(0)
        if (failure) throw failure.cause
        for (
          let next = isOver ? undefined : await iterator.next();
          next && !next.done;
          next = await iterator.next()
        ) {
          yield next.value
        }
      } finally {
        if (!isOver) await iterator.return?.()
      }
    })(),
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
