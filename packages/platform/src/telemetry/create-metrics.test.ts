import { expect, test } from 'vitest'
import { createMetrics } from './create-metrics.ts'

test('counts, durations and gauges show in the text', async () => {
  const metrics = createMetrics('chat')
  const countCommand = metrics.counter('app_chat_commands_total', 'Commands by code.', ['code'])
  const noteCommand = metrics.duration('app_chat_command_ms', 'Time of a command.')
  let rooms = 0
  metrics.gauge('app_chat_rooms', 'Rooms in memory.', () => rooms)
  countCommand({ code: 'ok' })
  countCommand({ code: 'ok' }, 2)
  noteCommand(7)
  rooms = 5
  const text = await metrics.text()
  expect(text).toContain('app_chat_commands_total{code="ok",service="chat"} 3')
  expect(text).toContain('app_chat_command_ms_bucket{le="10",service="chat"} 1')
  expect(text).toContain('app_chat_rooms{service="chat"} 5')
  expect(text).toContain('process_resident_memory_bytes')
})

test('two registries do not meet', async () => {
  createMetrics('a').counter('app_x_total', 'x')({}, 1)
  createMetrics('b').counter('app_x_total', 'x')
  expect(await createMetrics('c').text()).not.toContain('app_x_total')
})
