import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { languageOf, LANGUAGES, type Language } from '../../core/messages/language.ts'
import {
  message,
  say,
  type MessageKey,
  type MessageParams,
  type Tellable,
} from '../../core/messages/message.ts'

const KEY = 'kubepatrol-language'

interface LanguageChoice {
  language: Language
  choose(language: Language): void
}

const Choice = createContext<LanguageChoice>({ language: 'en', choose: () => {} })

/** Remembers the language of the page; at first it is the browser's. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => {
    const kept = localStorage.getItem(KEY)
    return LANGUAGES.find((known) => known === kept) ?? languageOf(navigator.language)
  })
  useEffect(() => {
    document.documentElement.lang = language
    localStorage.setItem(KEY, language)
  }, [language])
  const choice = useMemo(() => ({ language, choose: setLanguage }), [language])
  return <Choice value={choice}>{children}</Choice>
}

/** The language of the page, and how to change it. */
export function useLanguage(): LanguageChoice {
  return useContext(Choice)
}

/** Says messages of the catalogue in the language of the page. */
export function useSay() {
  const { language } = useLanguage()
  return <K extends MessageKey>(
    key: K,
    ...params: undefined extends MessageParams<K> ? [] : [Tellable<MessageParams<K>>]
  ) => say(message(key, ...params), language)
}
