import { faceConsentTexts, faceConsentVersion } from '@our-now/contracts/vision/face-consent.ts'
import { createHash } from 'node:crypto'
import type { Consent } from './consent-store.ts'

/** SHA-256 (hex) of what a person is shown in this language. */
export function consentTextHash(language: 'ko' | 'en'): string {
  return createHash('sha256').update(JSON.stringify(faceConsentTexts[language])).digest('hex')
}

/** Whether a person agrees to the text in force. One of an earlier version does not do for anything new. */
export function isInForce(consent: Consent | undefined): consent is Consent {
  return consent !== undefined && consent.version === faceConsentVersion
}
