/** Turns bytes into text; what is no UTF-8 becomes the replacement character. */
export type Decode = (bytes: Uint8Array, from: number, to: number) => string

const NEWLINE = 10

/** Where the line begins that a place is in, not looking further back than `low`. */
export function lineStart(bytes: Uint8Array, at: number, low: number): number {
  for (let index = at - 1; index >= low; index--) if (bytes[index] === NEWLINE) return index + 1
  return low
}

/** Where the line ends that a place is in: at its line end, or at `high`. */
export function lineEnd(bytes: Uint8Array, at: number, high: number): number {
  const index = bytes.indexOf(NEWLINE, at)
  return index === -1 || index > high ? high : index
}
