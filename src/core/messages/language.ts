export const LANGUAGES = ['en', 'zh-CN'] as const
export type Language = (typeof LANGUAGES)[number]

/** The language a locale such as `zh_CN.UTF-8` or an `Accept-Language` header asks for; English when it is neither. */
export function languageOf(locale: string | undefined): Language {
  return /^\s*zh/i.test(locale ?? '') ? 'zh-CN' : 'en'
}
