import type { Language } from '../messages/language.ts'
import { message, say } from '../messages/message.ts'
import type { OrphanedDirectory } from '../observe/orphaned-directory.ts'
import { wrapText } from '../tell/wrap-text.ts'
import { holdersOf } from './orphan-holders.ts'

/** Directories of pods without a sandbox and what holds each, to read on a terminal so many columns wide; empty where there is none. */
export function orphansText(
  directories: readonly OrphanedDirectory[],
  language: Language,
  columns: number,
): string {
  if (directories.length === 0) return ''
  const lines = directories.map((directory) => {
    const sentence = message('disk.held', { path: directory.path, holders: holdersOf([directory]) })
    return wrapText(say(sentence, language), columns, '  ', '    ')
  })
  return `\n${[wrapText(say(message('disk.without-sandbox'), language), columns), ...lines].join('\n')}\n`
}
