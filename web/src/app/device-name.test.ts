import { expect, test } from 'vitest'
import { deviceName } from './device-name.ts'

test('names the browser and the device as people know them', () => {
  const android =
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36'
  expect(deviceName(android)).toBe('Chrome · Android')
  expect(deviceName(android.replace('Chrome/', 'SamsungBrowser/30.0 Chrome/'))).toBe(
    'Samsung Internet · Android',
  )
  expect(
    deviceName(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
    ),
  ).toBe('Safari · iPhone')
  expect(deviceName('Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
    'Firefox · Windows',
  )
})

test('an unknown browser has no name', () => {
  expect(deviceName('curl/8')).toBe('')
})
