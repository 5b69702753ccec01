import type { Context } from 'hono'
import { API_ERROR_CODES, type ApiErrorCode } from '../core/errors/codes.ts'
import { message, say } from '../core/messages/message.ts'
import { languageOf, LANGUAGES, type Language } from '../core/messages/language.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

/** Answers with a coded error in the language that was asked for. */
export function refuse(context: Context, code: ApiErrorCode): Response {
  return context.json(errorBody(code, requestLanguage(context)), API_ERROR_CODES[code].httpStatus)
}

/** Answers what is no request that could be routed, such as one without a host. */
export function refuseUnroutable(): Response {
  const { httpStatus: status } = API_ERROR_CODES.KP_FORBIDDEN
  return Response.json(errorBody('KP_FORBIDDEN', 'en'), { status, headers: { ...SECURITY_HEADERS } })
}

/** The language of a request: `?lang=` before Accept-Language, English when neither says. */
export function requestLanguage(context: Context): Language {
  const asked = context.req.query('lang')
  return LANGUAGES.find((language) => language === asked) ?? languageOf(context.req.header('Accept-Language'))
}

function errorBody(code: ApiErrorCode, language: Language) {
  return { code, message: say(message(code), language) }
}
