import { expect, test } from 'vitest'
import { turnCredentials } from './turn-credentials.ts'

const at = { userId: 'ada', nowMs: 1_000_000 }

test('a credential ends after ten minutes and is signed as coturn expects', () => {
  const [server] = turnCredentials({ urls: 'turn:a:3478,turns:a:443', secret: 'north' }, at)
  // echo -n 1600:ada | openssl dgst -sha1 -hmac north -binary | base64
  expect(server).toEqual({
    urls: ['turn:a:3478', 'turns:a:443'],
    username: '1600:ada',
    credential: 'IMGjAD9sHzXwvZSGdUN1ISaq3YY=',
  })
})

test('without a TURN server there is no credential', () => {
  expect(turnCredentials({ urls: '', secret: 'north' }, at)).toEqual([])
})
