import { expect, test } from 'vitest'
import { readOptions } from './read-options.ts'

test('without arguments: 8080, data/cluster, two gateways and two chats', () => {
  expect(readOptions([], '/home/ada')).toEqual({
    port: 8080,
    dataDir: '/home/ada/data/cluster',
    gateways: 2,
    medias: 2,
    chats: 2,
    isHelp: false,
  })
})

test('every option is taken', () => {
  const argv = [
    '--port',
    '9000',
    '--data',
    '/srv/on',
    '--gateways',
    '3',
    '--medias',
    '0',
    '--chats',
    '4',
    '--help',
  ]
  expect(readOptions(argv, '/')).toEqual({
    port: 9000,
    dataDir: '/srv/on',
    gateways: 3,
    medias: 0,
    chats: 4,
    isHelp: true,
  })
})

test.each([
  [['--port', '0'], '--port takes a number from 1 to 65535, not "0".'],
  [['--gateways', '9'], '--gateways takes a number from 1 to 8, not "9".'],
  [['--chats', 'two'], '--chats takes a number from 1 to 8, not "two".'],
  [['--what'], '--what is not an option or lacks its value'],
  [['more'], 'more is not an option or lacks its value'],
])('%j is refused in one sentence', (argv, sentence) => {
  expect(() => readOptions(argv, '/')).toThrow(sentence)
})
