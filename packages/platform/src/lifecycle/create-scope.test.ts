import { expect, test } from 'vitest'
import { createScope } from './create-scope.ts'

function createTrail() {
  const trail: string[] = []
  const closable = (name: string) => ({ close: async () => void trail.push(`close ${name}`) })
  const service = (name: string, fail = false) => ({
    start: async () => {
      trail.push(`start ${name}`)
      if (fail) throw new Error(`${name} cannot start`)
    },
    stop: async () => void trail.push(`stop ${name}`),
  })
  return { trail, closable, service }
}

test('what was opened first is closed last, once', async () => {
  const { trail, closable, service } = createTrail()
  const scope = createScope()
  scope.own(closable('database'))
  await scope.start(service('chat'))
  scope.own(closable('door'))
  await Promise.all([scope.stop(), scope.stop()])
  await scope.stop()
  expect(trail).toEqual(['start chat', 'close door', 'stop chat', 'close database'])
})

test('a service that fails to start is stopped with what was opened before it', async () => {
  const { trail, closable, service } = createTrail()
  const scope = createScope()
  scope.own(closable('database'))
  await expect(scope.start(service('chat', true))).rejects.toThrow('chat cannot start')
  await scope.stop()
  expect(trail).toEqual(['start chat', 'stop chat', 'close database'])
})

test('what fails to close is told, the rest is closed all the same', async () => {
  const { trail, closable } = createTrail()
  const scope = createScope()
  scope.own(closable('database'))
  scope.own({ close: () => Promise.reject(new Error('stuck')) })
  await expect(scope.stop()).rejects.toThrow('stuck')
  expect(trail).toEqual(['close database'])
})
