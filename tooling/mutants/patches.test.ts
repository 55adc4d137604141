import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { mutants } from '../faults/cluster/mutants/mutants.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const patches = readdirSync(here).filter((name) => name.endsWith('.patch'))

test.each(patches)('%s fits the product as it is', (patch) => {
  const project = fileURLToPath(new URL('../../', import.meta.url))
  expect(() => execFileSync('git', ['apply', '--check', `${here}${patch}`], { cwd: project })).not.toThrow()
})

test('every patch is a mutant, and every mutant but the control a patch', () => {
  const wanted = mutants.flatMap(({ patch }) => (patch === undefined ? [] : `${patch}.patch`))
  expect(wanted.toSorted()).toEqual(patches.toSorted())
  expect(mutants.filter(({ patch }) => patch === undefined).map(({ id }) => id)).toEqual(['control'])
})
