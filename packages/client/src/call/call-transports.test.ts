import type { Device } from 'mediasoup-client'
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Client } from '../client.ts'
import { ClientError } from '../client-error.ts'
import { openTransports } from './call-transports.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A path as far as this code looks at one: its state is what the test says. */
function aPath(id: string) {
  const path = Object.assign(new EventEmitter(), {
    id,
    connectionState: 'connected',
    restarts: 0,
    isClosed: false,
    restartIce: async () => {
      path.restarts += 1
    },
    close: () => {
      path.isClosed = true
    },
    become: (state: string) => {
      path.connectionState = state
      path.emit('connectionstatechange', state)
    },
  })
  return path
}

function aPlace() {
  const [send, receive] = [aPath('send'), aPath('receive')]
  const server = { refusal: undefined as 'unavailable' | 'call_not_found' | undefined }
  let broken = 0
  const offer = {
    transportId: 't',
    iceParameters: {},
    iceCandidates: [],
    dtlsParameters: { fingerprints: [] },
  }
  /** True as far as this code looks: it makes two transports and asks for restarts. */
  const transports = openTransports({
    command: (async () => {
      if (server.refusal) throw new ClientError({ code: server.refusal, message: 'no' })
      return { iceParameters: {} }
    }) as unknown as Client['command'],
    device: {
      createSendTransport: () => send,
      createRecvTransport: () => receive,
    } as unknown as Device,
    roomId: 'room',
    joined: { sendTransport: offer, receiveTransport: offer, iceServers: [] } as never,
    path: 'any',
    onBroken: () => (broken += 1),
  })
  return { send, receive, server, transports, broken: () => broken }
}

test('a path that is broken for 2 s is restarted, one that comes back by itself is left alone', async () => {
  const { send, receive, broken } = aPlace()
  send.become('disconnected')
  receive.become('disconnected')
  await vi.advanceTimersByTimeAsync(1_000)
  receive.become('connected')
  await vi.advanceTimersByTimeAsync(1_500)
  expect([send.restarts, receive.restarts]).toEqual([1, 0])
  send.become('connected')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(broken()).toBe(0)
})

test('a restart that does not help within 10 s gives the place up, once, and closes both paths', async () => {
  const { send, receive, broken } = aPlace()
  send.become('failed')
  receive.become('failed')
  await vi.advanceTimersByTimeAsync(9_900)
  expect(broken()).toBe(0)
  await vi.advanceTimersByTimeAsync(200)
  expect(broken()).toBe(1)
  expect([send.isClosed, receive.isClosed]).toEqual([true, true])
})

test('a restart that the server refuses gives the place up at once', async () => {
  const { send, server, broken } = aPlace()
  server.refusal = 'call_not_found'
  send.become('failed')
  await vi.advanceTimersByTimeAsync(0)
  expect(broken()).toBe(1)
})

test('without a socket the restart waits for one', async () => {
  const { receive, server, transports, broken } = aPlace()
  server.refusal = 'unavailable'
  receive.become('failed')
  await vi.advanceTimersByTimeAsync(3_000)
  expect([receive.restarts, broken()]).toEqual([0, 0])
  server.refusal = undefined
  transports.check()
  await vi.advanceTimersByTimeAsync(0)
  expect(receive.restarts).toBe(1)
  receive.become('connected')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(broken()).toBe(0)
})
