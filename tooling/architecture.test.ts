import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

/**
 * The one import rule, over the package.json files: contracts <- platform <- services <- composition roots and
 * contracts <- client <- web. Lint holds the same over imports; this holds it over what may be imported at all.
 */
const root = fileURLToPath(new URL('../', import.meta.url))
const mayDependOn: Readonly<Record<string, readonly string[]>> = {
  contracts: [],
  platform: ['contracts'],
  client: ['contracts'],
  testkit: ['contracts', 'platform', 'client', 'all-in-one'],
  auth: ['contracts', 'platform'],
  chat: ['contracts', 'platform'],
  presence: ['contracts', 'platform'],
  media: ['contracts', 'platform'],
  vision: ['contracts', 'platform'],
  gateway: ['contracts', 'platform'],
  'all-in-one': ['contracts', 'platform', 'auth', 'chat', 'presence', 'media', 'vision', 'gateway'],
  web: ['contracts', 'client'],
}

async function readPackages(): Promise<{ name: string; ours: string[] }[]> {
  const folders = ['packages', 'services'].map(async (parent) =>
    (await readdir(`${root}${parent}`)).map((folder) => `${parent}/${folder}`),
  )
  const paths = [...(await Promise.all(folders)).flat(), 'web']
  return Promise.all(
    paths.map(async (path) => {
      const { name, dependencies = {} } = JSON.parse(
        await readFile(`${root}${path}/package.json`, 'utf8'),
      ) as {
        name: string
        dependencies?: Record<string, string>
      }
      const ours = Object.keys(dependencies).filter((dependency) => dependency.startsWith('@our-now/'))
      return {
        name: name.slice('@our-now/'.length),
        ours: ours.map((dependency) => dependency.slice('@our-now/'.length)),
      }
    }),
  )
}

/** Paths (relative to the root) of all TypeScript sources below a folder. */
async function listSources(folder: string): Promise<string[]> {
  const entries = await readdir(`${root}${folder}`, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length))
    .filter((path) => !path.includes('node_modules') && !path.includes('/dist/'))
}

describe('the architecture', () => {
  test('every package depends only on what stands below it', async () => {
    const packages = await readPackages()
    expect(packages.length).toBe(Object.keys(mayDependOn).length)
    for (const { name, ours } of packages)
      for (const dependency of ours)
        expect(mayDependOn[name], `${name} -> ${dependency}`).toContain(dependency)
  })

  test('only main.ts files and tools read the environment', async () => {
    const sources = (await Promise.all(['packages', 'services'].map(listSources))).flat()
    expect(sources.length).toBeGreaterThan(50)
    const readers = []
    for (const path of sources) {
      if (/\.test\.ts$|\/test\/|\/testkit\/|\/main\.ts$/.test(path)) continue
      if ((await readFile(root + path, 'utf8')).includes('process.env')) readers.push(path)
    }
    expect(readers).toEqual([])
  })

  test('web layers point one way: shared, state, features, app; no feature imports a feature', async () => {
    const order = ['shared', 'state', 'features', 'app']
    const wrong = []
    for (const path of await listSources('web/src')) {
      const [layer = '', feature = ''] = path.slice('web/src/'.length).split('/')
      if (!order.includes(layer) || /\.test\.tsx?$/.test(path)) continue
      for (const [, target = ''] of (await readFile(root + path, 'utf8')).matchAll(/from '(\.[^']+)'/g)) {
        const [toLayer = '', toFeature = ''] = new URL(target, `file:///${path}`).pathname
          .slice('/web/src/'.length)
          .split('/')
        const isUphill = order.indexOf(toLayer) > order.indexOf(layer)
        const isSideways = layer === 'features' && toLayer === 'features' && toFeature !== feature
        if (isUphill || isSideways) wrong.push(`${path} -> ${target}`)
      }
    }
    expect(wrong).toEqual([])
  })
})
