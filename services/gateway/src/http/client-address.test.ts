import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { clientAddress } from './client-address.ts'

/** True as far as it is read: the address and one header. */
const request = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage

test.each([
  ['192.0.2.7', undefined, false, '192.0.2.7'],
  ['::ffff:192.0.2.7', undefined, false, '192.0.2.7'],
  ['10.0.0.1', '203.0.113.9', false, '10.0.0.1'],
  ['10.0.0.1', '203.0.113.9', true, '203.0.113.9'],
  ['10.0.0.1', '6.6.6.6, 203.0.113.9', true, '203.0.113.9'],
  ['10.0.0.1', undefined, true, '10.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', undefined, false, '2001:db8:1:2::/64'],
  ['2001:db8::6', undefined, false, '2001:db8:0:0::/64'],
  ['::1', undefined, false, '0:0:0:0::/64'],
])('%s with %s (proxy trusted: %s) is %s', (remote, forwarded, trustProxy, expected) => {
  expect(clientAddress(request(remote, forwarded), { trustProxy })).toBe(expected)
})
