import type { Context } from 'hono'
import { API_ERROR_CODES, type ApiErrorCode } from '../core/errors/codes.ts'
import { message, say } from '../core/messages/message.ts'
import { languageOf, LANGUAGES, type Language } from '../core/messages/language.ts'

/** Answers with a coded error in the language that was asked for. */
export function refuse(context: Context, code: ApiErrorCode): Response {
  return context.json(
    { code, message: say(message(code), requestLanguage(context)) },
    API_ERROR_CODES[code].httpStatus,
  )
}

/** The language of a request: `?lang=` before Accept-Language, English when neither says. */
export function requestLanguage(context: Context): Language {
  const asked = context.req.query('lang')
  return LANGUAGES.find((language) => language === asked) ?? languageOf(context.req.header('Accept-Language'))
}
