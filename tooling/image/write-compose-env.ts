import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** `npm run compose:env`: writes the secrets of docker-compose.yml, once. */
const secrets = [
  'SERVICE_TOKEN',
  'MYSQL_ROOT_PASSWORD',
  'AUTH_DATABASE_PASSWORD',
  'CHAT_DATABASE_PASSWORD',
  'PRESENCE_DATABASE_PASSWORD',
  'VISION_DATABASE_PASSWORD',
  'VALKEY_PASSWORD',
  'TURN_SECRET',
  'FILES_STORE_SECRET',
]

/** What an operator may want to change. */
const settings = [
  '# Where people open the product.',
  'PUBLIC_URL=http://localhost:8080',
  '# Where this machine listens; 8080 alone: on every address.',
  'LISTEN=127.0.0.1:8080',
  '# Calls: the address by which browsers reach the UDP and TCP ports 40000 to 40011 of this machine.',
  'MEDIA_ADDRESS=127.0.0.1',
  '# With --profile turn: turn:HOST:3478?transport=udp,turn:HOST:3478?transport=tcp',
  'TURN_URLS=',
  '# Face features: sensitive personal data. Read docs/face-data.md before turning them on.',
  'VISION_ENABLED=false',
]

const file = process.argv[2] ?? fileURLToPath(new URL('../../.env', import.meta.url))
const lines = [...settings, '', ...secrets.map((name) => `${name}=${randomBytes(32).toString('base64url')}`)]
try {
  // An existing one is never overwritten: its secrets are in the databases already.
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' })
  console.log(`wrote ${file}`)
} catch (error) {
  if (!(error instanceof Error)) throw error
  const isThere = Reflect.get(error, 'code') === 'EEXIST'
  console.error(isThere ? `${file} is there already and was left as it is.` : error.message)
  process.exitCode = 1
}
