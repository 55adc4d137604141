import { expect, test } from 'vitest'
import { judgeAddress } from './judge-address.ts'

test('on the server’s own machine every address is near enough', () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]'])
    expect(judgeAddress(host, ['127.0.0.1'])).toBe('good')
})

test('from elsewhere an address of the machine itself leads nowhere', () => {
  expect(judgeAddress('chat.example.org', ['127.0.0.1'])).toBe('loopback')
  expect(judgeAddress('192.168.0.7', ['127.0.0.1', '::1'])).toBe('loopback')
  expect(judgeAddress('192.168.0.7', ['192.168.0.7'])).toBe('good')
})

test('a public page needs a public address; a name tells nothing', () => {
  expect(judgeAddress('203.0.113.5', ['10.0.0.4', '172.20.1.1', '100.64.0.1', 'fd00::1'])).toBe('private')
  expect(judgeAddress('203.0.113.5', ['203.0.113.5'])).toBe('good')
  expect(judgeAddress('chat.home', ['192.168.0.7'])).toBe('good')
  expect(judgeAddress('chat.home', [])).toBe('none')
})
