// eslint-disable-next-line no-control-regex -- terminals colour with the escape character
const TERMINAL = /\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007]{0,200}\u0007/g
const BLANKS = /[\u00a0\u2007\u202f\u3000]/g
/** Edges of a terminal's box, of a table another tool drew. */
const BOX_LEFT = /^\s*[│┃║▏▕|](?:\s|$)/
const BOX_RIGHT = /\s[│┃║▏▕]\s*$/
const QUOTED = /^\s{0,3}(?:>\s?)+(?=\S)/
const COMPOSE = /^[a-z0-9][\w.-]{0,80}\s+\|\s/
const BULLET = /^\s*(?:[-*+•●○▪]|\d{1,3}[.)、]|\(\d{1,3}\))\s+(?=\S)/
const PROMPT = /^\s*(?:#|\$|%|>>>)\s+(?=\S)/
/** A line number of an editor or of `grep -n`; a clock or a count is none, since what follows has to begin a log line. */
const LINE_NUMBER = /^\s*\d{1,7}(?::|\s*[│|]|\s)\s*(?=\S)/
/** Where `grep` found a line. */
const FOUND_IN = /^[\w./-]{1,200}[:-](?:\d{1,9}[:-])?\s?(?=\S)/
const BEGINS_LOG_LINE =
  /^(?:[IWEF]\d{4} \d\d:|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:|\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d{1,2}月|time="|kubelet(?:\[\d+\])?: |\{"|Warning\s|Normal\s|\[imageGCManager\]|eviction manager:)/

/** Whether a text begins as a line of a log does, whatever stands around it. */
export function beginsLogLine(text: string): boolean {
  return BEGINS_LOG_LINE.test(text) && !/^(?:Warning|Normal)\s/.test(text)
}

const STARTS_PLAINLY = /^(?:[IWEF]\d{4} \d\d:|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:|\d{4}-\d\d-\d\dT|time=")/
/** What a terminal, a box or a web page adds. */
// eslint-disable-next-line no-control-regex -- terminals colour with the escape character
const ADDED = /[\u001b\u00a0\u2007\u202f\u3000│┃║▏▕`]|&(?:quot|#34|#39|lt|gt|amp);|<\//
const TAGS =
  /^\s*(?:<(?:pre|code|p|li|td|div|span|samp|br)\b[^>]{0,200}>\s*){1,8}|(?:<(?:\/(?:pre|code|p|li|td|div|span|samp)|br\s*\/?)>\s*){1,8}$/g
const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  '#34': '"',
  '#39': "'",
  lt: '<',
  gt: '>',
  amp: '&',
}

/**
 * A line as its program wrote it: without colours, boxes, quotation marks of mail and Markdown, list marks,
 * prompts and line numbers around it. What was copied from a web page has other blanks than a log.
 */
export function plainLine(line: string): string {
  let text = line.endsWith('\r') ? line.replace(/\r+$/, '') : line
  // Most lines of a log are that and nothing else.
  if (STARTS_PLAINLY.test(text) && !ADDED.test(text)) return text
  text = text.replace(BLANKS, ' ')
  if (text.includes('\u001b')) text = text.replace(TERMINAL, '')
  if (text.includes('<')) text = text.replace(TAGS, '')
  if (text.includes('&'))
    text = text.replace(/&(quot|#34|#39|lt|gt|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
  if (BOX_LEFT.test(text)) text = text.replace(BOX_LEFT, '').replace(BOX_RIGHT, '')
  text = text.replace(QUOTED, '')
  if (text.includes('`')) text = text.replace(/^\s*`{1,2}(?=[^`])|`{1,2}\s*$/g, '')
  if (COMPOSE.test(text)) text = text.replace(COMPOSE, '')
  for (const mark of [BULLET, PROMPT, LINE_NUMBER, FOUND_IN]) {
    const rest = text.replace(mark, '')
    if (rest !== text && BEGINS_LOG_LINE.test(rest.trimStart())) text = rest
  }
  const bare = text.trimStart()
  return beginsLogLine(bare) ? bare : text
}
