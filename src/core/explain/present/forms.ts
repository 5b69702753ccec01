import type { Language } from '../../messages/language.ts'
import type { Explanation } from '../explanation.ts'
import { explanationHtml } from './html.ts'
import { explanationJson } from './json.ts'
import { explanationMarkdown } from './markdown.ts'

export const EXPLANATION_FORMS = ['markdown', 'html', 'json'] as const
/** What an explanation is written as to be kept or sent. */
export type ExplanationForm = (typeof EXPLANATION_FORMS)[number]

/** An explanation as a file, in pieces, the same whatever made it. */
export function explanationAs(
  form: ExplanationForm,
  explanation: Explanation,
  language: Language,
): Iterable<string> {
  return WRITERS[form](explanation, language)
}

const WRITERS: Readonly<
  Record<ExplanationForm, (explanation: Explanation, language: Language) => Iterable<string>>
> = {
  markdown: (...asked) => [explanationMarkdown(...asked)],
  html: (...asked) => [explanationHtml(...asked)],
  json: explanationJson,
}
