import { useTranslation } from 'react-i18next'
import type { Language } from './create-i18n.ts'

/** The language the app speaks now. */
export function useLanguage(): Language {
  return useTranslation().i18n.language === 'ko' ? 'ko' : 'en'
}
