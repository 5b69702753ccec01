import { languageOf, LANGUAGES, type Language } from '../../core/messages/language.ts'

/** The option every command has: the language of its sentences. */
export const langFlag = {
  kind: 'enum',
  values: LANGUAGES,
  optional: true,
  brief: 'Language of the output: en or zh-CN (default: from the locale)',
} as const

/** The language asked for, else that of the locale. */
export function languageFor(lang: Language | undefined): Language {
  return lang ?? languageOf(process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'])
}

/** Reads a whole number between two limits. @throws {RangeError} for anything else */
export function wholeNumber(least: number, most: number): (input: string) => number {
  return (input) => {
    const value = Number(input)
    if (!/^\d+$/.test(input) || value < least || value > most) {
      throw new RangeError(`expected a whole number from ${least} to ${most}`)
    }
    return value
  }
}

/** Reads a number above zero. @throws {RangeError} for anything else */
export function positiveNumber(input: string): number {
  const value = Number(input)
  if (input.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new RangeError('expected a number above 0')
  return value
}
