import { catalogue } from './catalogue.ts'
import type { Language } from './language.ts'

type Catalogue = typeof catalogue
export type MessageKey = keyof Catalogue

/** What a message of this key has to be told. */
export type MessageParams<K extends MessageKey> = Parameters<Catalogue[K]['en']>[0]

/** A sentence not yet in any language: plain data that can be kept and sent. */
export interface Message {
  key: MessageKey
  params: unknown
}

/** The same, where any text may be a message itself, which is then said in the language of the whole. */
export type Tellable<T> = T extends string
  ? string extends T
    ? T | Message
    : T
  : T extends readonly unknown[] | object
    ? { readonly [Part in keyof T]: Tellable<T[Part]> }
    : T

/** A message of the catalogue, with what it has to be told. */
export function message<K extends MessageKey>(
  key: K,
  ...[params]: undefined extends MessageParams<K> ? [] : [Tellable<MessageParams<K>>]
): Message {
  return { key, params: params ?? null }
}

/** The sentence in a language. */
export function say({ key, params }: Message, language: Language): string {
  const write = catalogue[key][language] as (params: unknown) => string
  return write(saidWithin(params, language) ?? undefined)
}

/** What a message has to be told, every message in it said. */
function saidWithin(value: unknown, language: Language): unknown {
  if (value === null || typeof value !== 'object') return value
  if (isMessage(value)) return say(value, language)
  if (Array.isArray(value)) return value.map((item) => saidWithin(item, language))
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, saidWithin(part, language)]))
}

function isMessage(value: object): value is Message {
  return (
    'params' in value &&
    'key' in value &&
    typeof value.key === 'string' &&
    Object.hasOwn(catalogue, value.key)
  )
}
