import { faceConsentTexts, faceConsentVersion } from '@our-now/contracts/vision/face-consent.ts'
import { expect, test } from 'vitest'
import { consentTextHash } from './consent-text.ts'

/** Records keep the hash of what was shown. Whoever changes a word raises the version and puts the new hashes here. */
test('the text of a version stays as it was agreed to', () => {
  expect({ version: faceConsentVersion, ko: consentTextHash('ko'), en: consentTextHash('en') }).toEqual({
    version: 1,
    ko: 'c9e63f56407cb687eadc4826ddffc601573a11ec15389990fa5d51e3b08dbe59',
    en: 'a899fbaa6c9006a7dc3c1305562ca70e6a0458f7cf121f376824c310f9b35ce4',
  })
})

test('both languages say the same things', () => {
  expect(faceConsentTexts.ko.length).toBe(faceConsentTexts.en.length)
})
