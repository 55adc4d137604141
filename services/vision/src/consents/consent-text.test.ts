import { faceConsentTexts, faceConsentVersion } from '@our-now/contracts/vision/face-consent.ts'
import { expect, test } from 'vitest'
import { consentTextHash } from './consent-text.ts'

/** Records keep the hash of what was shown. Whoever changes a word raises the version and puts the new hashes here. */
test('the text of a version stays as it was agreed to', () => {
  expect({ version: faceConsentVersion, ko: consentTextHash('ko'), en: consentTextHash('en') }).toEqual({
    version: 2,
    ko: '7dadb7d744713918990662f9adc40dfe0bbd4c20b284e496d19d77265c232f3b',
    en: '11dd339e22f9302caffbf25cab4739b9d1efe48ac743d84abd861afb4b1abc92',
  })
})

test('both languages say the same things', () => {
  expect(faceConsentTexts.ko.length).toBe(faceConsentTexts.en.length)
})
