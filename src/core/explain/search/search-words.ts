import { IMAGE_EVENT } from '../image-names.ts'
import type { MessageForm, PatternFamily } from '../pattern-family.ts'
import { betterWords, requiredWords, type RequiredWords } from './required-words.ts'

/** Lines that say how others are to be read: headers of tables, and messages that a journal writes as numbers. */
const CONTEXT = ['LAST SEEN', 'Events:', '"MESSAGE":[', '"MESSAGE" : [']

/**
 * The words by which the lines are found that a family could read something from: each pattern insists on
 * one of them in each of its wordings. Read from the patterns themselves, so that there is nothing to keep.
 */
export function searchWords(families: readonly PatternFamily[]): string[] {
  const words = families.flatMap((family) =>
    family.patterns.flatMap(({ forms }) => forms.flatMap((form) => wordsOf(form) ?? family.prefilter)),
  )
  const all = [...words, ...(requiredWords(IMAGE_EVENT) ?? []), ...CONTEXT].flatMap(asJsonWritesIt)
  return withoutLonger(all.map((word) => word.toLowerCase()))
}

function wordsOf(form: MessageForm): RequiredWords {
  if ('says' in form) return requiredWords(form.says)
  if ('text' in form) return requiredWords(form.text)
  if ('reason' in form)
    return betterWords(requiredWords(form.reason), form.message && requiredWords(form.message))
  return Object.values(form.where ?? {})
    .map(requiredWords)
    .reduce(betterWords, requiredWords(form.structured))
}

/** Go's JSON writes `&`, `<` and `>` as numbers. */
function asJsonWritesIt(word: string): string[] {
  const written = word.replace(
    /[&<>]/g,
    (character) => `\\u00${character.codePointAt(0)?.toString(16).padStart(2, '0')}`,
  )
  return written === word ? [word] : [word, written]
}

/** A word that holds another one finds nothing that the other does not. */
function withoutLonger(words: readonly string[]): string[] {
  const distinct = [...new Set(words)]
  return distinct
    .filter((word) => !distinct.some((other) => other !== word && word.includes(other)))
    .toSorted()
}
