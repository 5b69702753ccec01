/** How much room a text takes; services count characters or bytes. */
export type SizeOf = (text: string) => number

/** Bytes of a text in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** UTF-16 units of a text: what most services call characters. */
export function characters(text: string): number {
  return text.length
}

/** A text of at most so much, ending in `mark` where it was cut; no character is cut in two. */
export function cutText(text: string, most: number, mark = '…', sizeOf: SizeOf = characters): string {
  if (sizeOf(text) <= most) return text
  let room = most - sizeOf(mark)
  let kept = ''
  for (const character of text) {
    room -= sizeOf(character)
    if (room < 0) break
    kept += character
  }
  return kept.trimEnd() + mark
}
