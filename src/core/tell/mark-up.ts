import { message, say } from '../messages/message.ts'
import type { Language } from '../messages/language.ts'
import { characters, cutText, type SizeOf } from './cut-text.ts'
import type { NoticeText } from './notice-text.ts'

/** How a service writes what a notice says; what it is given as text can do nothing but be read. */
export interface Markup {
  text(text: string): string
  strong(text: string): string
  link(label: string, url: string): string
}

/** Text as it is. */
export const plain: Markup = {
  text: (text) => text,
  strong: (text) => text,
  link: (label, url) => `${label}: ${url}`,
}

/** How much a service takes. */
export interface Room {
  most: number
  sizeOf?: SizeOf
}

/** A notice in a service's own markup, cut to what the service takes; the link at its end is never cut. */
export function markUp(text: NoticeText, markup: Markup, language: Language, room: Room): string {
  const sizeOf = room.sizeOf ?? characters
  const link = text.link === null ? '' : `\n\n${markup.link(text.link.label, text.link.url)}`
  const mark = `\n\n${markup.text(say(message('tell.cut'), language))}`
  const left = room.most - sizeOf(link)
  return cutLines(linesOf(text, markup), left, mark, sizeOf) + link
}

function linesOf({ status, title, paragraphs, details, whatToDo }: NoticeText, markup: Markup): string[] {
  const lines = [markup.strong(`${status} · ${title}`)]
  for (const paragraph of paragraphs) lines.push('', markup.text(paragraph))
  if (whatToDo) {
    lines.push('', markup.strong(whatToDo.label))
    for (const [index, step] of whatToDo.steps.entries()) lines.push(`${index + 1}. ${markup.text(step)}`)
  }
  if (details.length > 0) lines.push('')
  for (const { label, text } of details) lines.push(`${markup.text(label)}: ${markup.text(text)}`)
  return lines
}

/** Whole lines as long as there is room, so that no markup is cut in two; of a first line too long, its beginning. */
function cutLines(lines: readonly string[], most: number, mark: string, sizeOf: SizeOf): string {
  const whole = lines.join('\n')
  if (sizeOf(whole) <= most) return whole
  const kept: string[] = []
  let left = most - sizeOf(mark)
  for (const line of lines) {
    const size = sizeOf(line) + 1
    if (size > left) {
      if (left > 100) kept.push(cutText(line, left - 1, '…', sizeOf))
      break
    }
    left -= size
    kept.push(line)
  }
  return kept.join('\n') + mark
}
