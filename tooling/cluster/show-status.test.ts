import { expect, test } from 'vitest'
import type { Member } from './cluster.ts'
import { createStatusBoard } from './show-status.ts'

const member = (name: Member['name'], state: ReturnType<Member['state']>, restarts = 0): Member => ({
  name,
  kind: 'chat',
  address: { host: '127.0.0.1', port: 4002 },
  pid: () => (state === 'ready' ? 77 : undefined),
  state: () => state,
  restarts: () => restarts,
  signal: () => undefined,
  start: async () => undefined,
  whenReady: async () => undefined,
  output: () => '',
})

test('a file gets a line for each change', () => {
  const lines: string[] = []
  const board = createStatusBoard({ write: (text) => lines.push(text) })
  board.show(member('chat-1', 'starting'))
  board.show(member('chat-1', 'ready', 1))
  board.say('ready http://localhost:8080')
  expect(lines).toEqual([
    'chat-1       starting  127.0.0.1:4002 \n',
    'chat-1       ready     127.0.0.1:4002   pid 77  started again 1 time\n',
    'ready http://localhost:8080\n',
  ])
})

test('a terminal keeps one line for each process, and what was said below them', () => {
  let last = ''
  const board = createStatusBoard({ isTTY: true, write: (text) => (last = text) })
  board.show(member('chat-1', 'starting'))
  board.show(member('chat-2', 'starting'))
  board.say('ready http://localhost:8080')
  board.show(member('chat-1', 'ready'))
  // Up over the three lines that stand there, and all of them anew.
  expect(last.startsWith('\u001B[3A\u001B[J')).toBe(true)
  expect(last.split('\n').map((line) => line.split(/\s+/).slice(0, 2))).toEqual([
    ['\u001B[3A\u001B[Jchat-1', 'ready'],
    ['chat-2', 'starting'],
    ['ready', 'http://localhost:8080'],
    [''],
  ])
})
