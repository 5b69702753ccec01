import type { Language } from '../../core/messages/language.ts'
import { message, say, type Message } from '../../core/messages/message.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'

/** A line that is written over and over while something long is read. */
export interface Progress {
  tell(path: string, lines: number): void
  /** Takes the line away. */
  end(): void
}

const AFTER_MS = 1000
const EVERY_MS = 250
const CLEAR_LINE = '\r\u001b[2K'

/** Progress on a terminal, once reading takes long enough for somebody to wonder. */
export function progressOn(terminal: { write(text: string): unknown }, language: Language): Progress {
  let nextAt = performance.now() + AFTER_MS
  let isShown = false
  return {
    tell(path, lines) {
      if (performance.now() < nextAt) return
      nextAt = performance.now() + EVERY_MS
      isShown = true
      const sentence = neutraliseText(say(message('explain.reading', { path, lines }), language))
      terminal.write(`${CLEAR_LINE}${sentence}`)
    },
    end() {
      if (isShown) terminal.write(CLEAR_LINE)
    },
  }
}

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
