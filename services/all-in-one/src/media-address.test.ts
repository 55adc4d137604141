import { expect, test } from 'vitest'
import { mediaAddressOf } from './media-address.ts'

test.each([
  ['https://192.168.0.20:8080', '0.0.0.0', '192.168.0.20'],
  ['https://chat.example.org', '0.0.0.0', 'chat.example.org'],
  ['https://[2001:db8::1]:8443', '::', '2001:db8::1'],
])('calls of %s are sent to where people open it', (url, listen, announced) => {
  expect(mediaAddressOf(url)).toEqual({
    MEDIA_LISTEN_ADDRESS: listen,
    MEDIA_ANNOUNCED_ADDRESS: announced,
  })
})

test.each([undefined, 'http://localhost:8080', 'https://127.0.0.1:8080', 'https://[::1]:8080'])(
  'of %s they stay on this machine',
  (url) => expect(mediaAddressOf(url)).toEqual({}),
)
