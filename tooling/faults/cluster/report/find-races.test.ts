import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findRaceTests, races } from './find-races.ts'

test('every race of the plan has a test that names it', async () => {
  const found = await findRaceTests(fileURLToPath(new URL('../../../../', import.meta.url)))
  const named = new Set(found.map(({ race }) => race))
  expect(Object.keys(races).filter((race) => !named.has(race))).toEqual([])
  expect([...named].filter((race) => !(race in races))).toEqual([])
})
