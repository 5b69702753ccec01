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

/** A message of the catalogue, with what it has to be told. */
export function message<K extends MessageKey>(
  key: K,
  ...[params]: undefined extends MessageParams<K> ? [] : [MessageParams<K>]
): Message {
  return { key, params: params ?? null }
}

/** The sentence in a language. */
export function say({ key, params }: Message, language: Language): string {
  const write = catalogue[key][language] as (params: unknown) => string
  return write(params ?? undefined)
}
