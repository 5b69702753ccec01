import type { Language } from './language.ts'

/** One message in every language, as functions of what it has to be told. */
export type Text<P> = Readonly<Record<Language, (params: P) => string>>

/** Declares a message; a missing language does not compile. */
export function text<P = undefined>(languages: Text<P>): Text<P> {
  return languages
}

/** Joins names in a sentence, the first few by name and the rest as a number. */
export function names(list: readonly string[], language: Language, most = 8): string {
  const shown = list.slice(0, most)
  const more = list.length - shown.length
  if (language === 'zh-CN') return shown.join('、') + (more > 0 ? ` 等 ${list.length} 个` : '')
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '')
}
