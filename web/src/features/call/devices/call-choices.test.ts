import { expect, test } from 'vitest'
import { readChoices, writeChoices } from './call-choices.ts'

const storageWith = (text: string | null) => ({ getItem: () => text })

test('what was chosen is there the next time', () => {
  let kept = ''
  const choices = { cameraId: 'c', isMicrophoneOn: false, isCameraOn: true, skipsPreview: true }
  writeChoices({ setItem: (_key, text) => (kept = text) }, choices)
  expect(readChoices(storageWith(kept))).toEqual(choices)
})

test('nonsense in the storage counts as nothing chosen', () => {
  const atFirst = { isMicrophoneOn: true, isCameraOn: true, skipsPreview: false }
  for (const text of [null, '', '{', 'null', '[]', '{"cameraId":7,"isCameraOn":"no"}'])
    expect(readChoices(storageWith(text))).toEqual(atFirst)
})
