const FULL_WIDTH: Readonly<Record<string, string>> = {
  '@': '＠',
  '<': '＜',
  '>': '＞',
  '[': '［',
  ']': '］',
  '`': 'ˋ',
  '*': '＊',
  '#': '＃',
}

/**
 * Text for services whose Markdown knows no escapes: what would mention somebody, make a link, an image, a
 * heading or a tag becomes its full-width twin, which looks the same and does nothing.
 */
export function inertText(text: string): string {
  return text
    .replace(/[@<>[\]`*#]/g, (character) => FULL_WIDTH[character] ?? character)
    .replace(/:\/\//g, ':／／')
}
