import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en.ts'
import { resolveJosa } from './josa.ts'
import { ko } from './ko.ts'

export type Language = 'ko' | 'en'

/** The language of the browser, as far as we speak it: Korean or else English. */
export function browserLanguage(languages: readonly string[]): Language {
  return languages[0]?.toLowerCase().startsWith('ko') === true ? 'ko' : 'en'
}

/** The words of the app. Marks such as `[이/가]` are resolved after names are put in. */
export function createI18n(language: Language): i18n {
  const instance = createInstance()
  void instance
    .use(initReactI18next)
    .use({ type: 'postProcessor', name: 'josa', process: (value: string) => resolveJosa(value) })
    .init({
      lng: language,
      fallbackLng: 'en',
      resources: { ko: { translation: ko }, en: { translation: en } },
      postProcess: ['josa'],
      interpolation: { escapeValue: false }, // React escapes
      initAsync: false,
    })
  return instance
}
