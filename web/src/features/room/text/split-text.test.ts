import { expect, test } from 'vitest'
import { splitText } from './split-text.ts'

const links = (text: string) => splitText(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []))

test('finds links with and without a scheme, and mail addresses', () => {
  expect(links('https://example.com/a?b=1 봐')).toEqual(['https://example.com/a?b=1'])
  expect(links('http://example.com 봐')).toEqual(['http://example.com'])
  expect(links('example.com 에서 봐')).toEqual(['https://example.com'])
  expect(links('ada@example.com 로 보내')).toEqual(['mailto:ada@example.com'])
})

test('a Korean particle right behind an address is no part of the link', () => {
  expect(links('https://example.com을 봐')).toEqual(['https://example.com'])
  expect(links('example.com에서 봐')).toEqual(['https://example.com'])
  expect(links('https://example.com/notes를 봐')).toEqual(['https://example.com/notes'])
  expect(links('https://example.com/a.pdf에 있어')).toEqual(['https://example.com/a.pdf'])
})

test('Hangul inside an address stays in it', () => {
  expect(links('https://ko.example.org/wiki/서울')).toEqual(['https://ko.example.org/wiki/서울'])
  expect(links('https://한글.kr/가')).toEqual(['https://한글.kr/가'])
})

test('never makes a link of anything but http, https and mailto', () => {
  const bad = [
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.com/x',
    '//example.com',
    'file:///etc/passwd',
  ]
  for (const text of bad) for (const href of links(text)) expect(href).toMatch(/^(?:https?:\/\/|mailto:)/)
  expect(links('javascript:alert(1)')).toEqual([])
})

test('the parts together are the text', () => {
  const text = '보자 https://a.example/1, b@c.example 그리고 www.example.org!\n끝'
  expect(
    splitText(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text)
})

test('a text without links is one part', () => {
  expect(splitText('오후 3:20에 만나요')).toEqual([{ kind: 'text', text: '오후 3:20에 만나요' }])
})
