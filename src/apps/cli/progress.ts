import { paceOf } from '../../core/explain/reading-pace.ts'
import type { Language } from '../../core/messages/language.ts'
import { message, say, type Message } from '../../core/messages/message.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'

const AFTER_MS = 1000
const EVERY_MS = 250
const CLEAR_LINE = '\r\u001b[2K'

/** A line that says how far something long has come. */
export interface LinePrinter {
  tell(sentence: Message): void
  /** Takes the line away. */
  end(): void
}

/** Progress on a terminal, once it takes long enough for somebody to wonder; none on anything else. */
export function linePrinter(
  stream: { write(text: string): unknown; isTTY?: boolean | undefined },
  language: Language,
): LinePrinter {
  let nextAt = performance.now() + AFTER_MS
  let isShown = false
  return {
    tell(sentence) {
      if (!stream.isTTY || performance.now() < nextAt) return
      nextAt = performance.now() + EVERY_MS
      isShown = true
      stream.write(`${CLEAR_LINE}${neutraliseText(say(sentence, language))}`)
    },
    end() {
      if (isShown) stream.write(CLEAR_LINE)
      isShown = false
    },
  }
}

/** Tells how far the reading of a file is, and how long it goes on. */
export function readingProgress(printer: LinePrinter) {
  let begun = { path: '', at: performance.now() }
  return (path: string, read: number, total: number | undefined) => {
    const now = performance.now()
    if (path !== begun.path) begun = { path, at: now }
    printer.tell(message('explain.reading', { path, ...paceOf(read, total, now - begun.at) }))
  }
}
