import { languageOf, LANGUAGES, type Language } from '../../core/messages/language.ts'
import { message, type Message } from '../../core/messages/message.ts'
import type { AccountName } from '../../core/observe/agents/agent-identity.ts'
import { parseDuration, type Duration } from '../../core/units/duration.ts'
import { parseInstant, type Instant } from '../../core/units/instant.ts'

/** The option every command has: the language of its sentences. */
export const langFlag = {
  kind: 'parsed',
  parse: language,
  optional: true,
  brief: 'Language: en or zh-CN (default: from the locale)',
  placeholder: 'LANG',
} as const

/** Reads `en` or `zh-CN`, or what a locale calls them, such as `zh` or `zh_CN.UTF-8`. @throws {BadValue} */
function language(input: string): Language {
  if (/^(?:en|zh)(?:$|[-_.@])/i.test(input)) return languageOf(input)
  throw new BadValue((option, given) =>
    message('cli.no-such-choice', { option, input: given, values: [...LANGUAGES] }),
  )
}

/** Who is told, and how. */
export const configFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  brief: 'Configuration: who is told, and how (docs/channels.md)',
  placeholder: 'FILE',
} as const

/** Where a patrol keeps what it finds. */
export const storeFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  brief: 'Keep incidents and messages in this file (default: forget them at the end)',
  placeholder: 'FILE',
} as const

/** The language asked for, else that of the locale. */
export function languageFor(lang: Language | undefined): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  // As POSIX has it: an empty variable is none.
  return lang ?? languageOf(LC_ALL || LC_MESSAGES || LANG)
}

/** The language that arguments ask for, however wrong the rest of them is. */
export function languageOfArguments(inputs: readonly string[]): Language {
  const index = inputs.findIndex((input) => /^--lang(?:=|$)/.test(input))
  const value = index < 0 ? undefined : (inputs[index]?.split('=')[1] ?? inputs[index + 1])
  return value === undefined ? languageFor(undefined) : languageOf(value)
}

/** What is wrong with the value of an option. */
export class BadValue extends Error {
  readonly problem: (option: string, input: string) => Message

  constructor(problem: (option: string, input: string) => Message) {
    super()
    this.problem = problem
  }
}

/** Reads a whole number between two limits. @throws {BadValue} for anything else */
export function wholeNumber(least: number, most: number): (input: string) => number {
  return (input) => {
    const value = Number(input)
    if (/^\d+$/.test(input) && value >= least && value <= most) return value
    throw new BadValue((option, given) =>
      message('cli.not-a-whole-number', { option, input: given, least, most }),
    )
  }
}

/** Reads a number above zero. @throws {BadValue} for anything else */
export function positiveNumber(input: string): number {
  const value = Number(input)
  if (input.trim() !== '' && Number.isFinite(value) && value > 0) return value
  throw new BadValue((option, given) => message('cli.not-above-zero', { option, input: given }))
}

/** Reads an address such as `https://host:7443`. @throws {BadValue} for anything else, and one that holds a password */
export function httpsAddress(input: string): URL {
  const url = URL.canParse(input) ? new URL(input) : undefined
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') return url
  throw new BadValue((option, given) => message('cli.not-an-https-address', { option, input: given }))
}

/** Reads the name of a ServiceAccount, `namespace/name`. @throws {BadValue} for anything else */
export function accountName(input: string): AccountName {
  const [namespace, name, more] = input.split('/')
  if (namespace && name && more === undefined) return { namespace, name }
  throw new BadValue((option, given) => message('cli.not-an-account', { option, input: given }))
}

/** Reads a time such as `2026-11-24T08:22:34Z`. @throws {BadValue} for anything else */
export function instant(input: string): Instant {
  const value = parseInstant(input)
  if (value !== undefined) return value
  throw new BadValue((option, given) => message('cli.not-a-time', { option, input: given }))
}

/** Reads a Go duration above zero such as `90m`. @throws {BadValue} for anything else */
export function positiveDuration(input: string): Duration {
  const value = parseDuration(input)
  if (value !== undefined && value > 0 && value <= LONGEST) return value
  throw new BadValue((option, given) => message('cli.not-a-duration', { option, input: given }))
}

/** A year: no growth is known for longer. */
const LONGEST: Duration = 366 * 86_400_000
