import { ApiFailure } from '../api-failure.ts'

const LINE_END = 0x0a

/**
 * The lines of an answer that goes on, as they come; what stands after the last line end is no line.
 * @throws {ApiFailure} for a line of more than so many bytes.
 */
export async function* splitLines(content: AsyncIterable<Buffer>, mostBytes: number): AsyncGenerator<string> {
  let begun: Buffer[] = []
  let bytes = 0
  for await (const piece of content) {
    let start = 0
    for (let end = piece.indexOf(LINE_END); end >= 0; end = piece.indexOf(LINE_END, start)) {
      const line = Buffer.concat([...begun, piece.subarray(start, end)])
      start = end + 1
      begun = []
      bytes = 0
      if (line.length > mostBytes) throw tooLong(mostBytes)
      if (line.length > 0) yield line.toString('utf8')
    }
    if (start === piece.length) continue
    begun.push(piece.subarray(start))
    bytes += piece.length - start
    if (bytes > mostBytes) throw tooLong(mostBytes)
  }
}

function tooLong(mostBytes: number): ApiFailure {
  return new ApiFailure('too-large', `a watched change of more than ${mostBytes} bytes`)
}
