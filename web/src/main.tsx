import { CSPProvider } from '@base-ui/react/csp-provider'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { browserLanguage, createI18n } from './shared/i18n/create-i18n.ts'
import './shared/theme/global.css'

const container = document.getElementById('app')
if (!container) throw new Error('index.html has no #app')
createRoot(container).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <I18nextProvider i18n={createI18n(browserLanguage(navigator.languages))}>Our Now</I18nextProvider>
    </CSPProvider>
  </StrictMode>,
)
