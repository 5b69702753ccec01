/** Reads a stream of bytes by numbers of bytes, however they come. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>
  #piece: Uint8Array = new Uint8Array(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** So many bytes; undefined when the stream is over before the first. @throws {RangeError} when it ends within them */
  async take(length: number): Promise<Uint8Array | undefined> {
    const taken = new Uint8Array(length)
    let have = 0
    while (have < length) {
      const piece = await this.#next(length - have)
      if (!piece && have === 0) return undefined
      if (!piece) throw new RangeError('unexpected end of data')
      taken.set(piece, have)
      have += piece.length
    }
    return taken
  }

  /** Passes over so many bytes. @throws {RangeError} when the stream ends within them */
  async skip(length: number): Promise<void> {
    const left = { length }
    while (left.length > 0) await this.#piecesNext(left)
  }

  /** As many bytes as are `left`, in pieces; how many are not read yet can be seen there. Who has read enough stops. */
  async *pieces(left: { length: number }): AsyncGenerator<Uint8Array> {
    while (left.length > 0) yield await this.#piecesNext(left)
  }

  async close(): Promise<void> {
    await this.#source.return?.()
  }

  async #piecesNext(left: { length: number }): Promise<Uint8Array> {
    const piece = await this.#next(left.length)
    if (!piece) throw new RangeError('unexpected end of data')
    left.length -= piece.length
    return piece
  }

  /** The next bytes, at most so many and at least one. */
  async #next(most: number): Promise<Uint8Array | undefined> {
    while (this.#piece.length === 0) {
      const next = await this.#source.next()
      if (next.done) return undefined
      this.#piece = next.value
    }
    const piece = this.#piece.subarray(0, most)
    this.#piece = this.#piece.subarray(piece.length)
    return piece
  }
}
