// Control characters, escape sequences among them; bidirectional marks and other invisible ones.
const DANGEROUS =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/**
 * Text from a log or a cluster, fit to be printed: what could move a cursor, colour a terminal or turn
 * a line around is shown as `�`. Tabs become a space, line breaks stay.
 */
export function neutraliseText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(/\t/g, ' ').replace(DANGEROUS, '\ufffd')
}
