// @ts-check
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BootstrapError } from './project.mjs'

/** npm's own script, so that it can be run under the Node we choose. `npm start` and `npm test` tell where it is. */
export function npmCli() {
  const told = process.env.npm_execpath
  if (told !== undefined && /\.[cm]?js$/.test(told)) return told
  const beside = [
    join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
    join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
    '/usr/lib/node_modules/npm/bin/npm-cli.js',
    '/usr/share/npm/bin/npm-cli.js',
  ].find((path) => existsSync(path))
  if (beside !== undefined) return beside
  throw new BootstrapError('npm was not found: run this through `npm start` or `npm test`.')
}
