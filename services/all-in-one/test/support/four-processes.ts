import { createSecret } from '@our-now/platform/config/secret.ts'
import type { Secret } from '@our-now/platform/config/secret.ts'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServiceProcess, type ServiceProcess } from './service-process.ts'

type ServiceName = 'auth' | 'chat' | 'presence' | 'gateway'

/** The product as four processes that share nothing but HTTP, a token, and the event log of chat and presence. */
export interface FourProcesses {
  /** Where the gateway answers. */
  readonly url: string
  readonly serviceToken: Secret
  readonly processes: ReadonlyMap<ServiceName, ServiceProcess>
  /** Starts one again that was killed: on its port, with its data. */
  restart(name: ServiceName): Promise<void>
  /** Ends all with SIGTERM and removes the data; the exit codes by name. */
  dispose(): Promise<ReadonlyMap<ServiceName, number | null>>
}

/** @param gateway  Settings of the gateway besides the defaults. */
export async function startFourProcesses(
  gateway: Readonly<Record<string, string>> = {},
): Promise<FourProcesses> {
  const parent = await mkdtemp(join(tmpdir(), 'our-now-four-'))
  const folderOf = (name: string): string => join(parent, name)
  for (const name of ['auth', 'chat', 'presence', 'events']) await mkdir(folderOf(name))
  const token = randomBytes(32).toString('base64url')
  const common = { SERVICE_TOKEN: token, LOG_LEVEL: 'info' }
  // Presence reads what chat tells: the two name one log. Auth's events have no reader in another process yet.
  const sharedLog = `sqlite:${join(folderOf('events'), 'events.db')}`
  const settings: Record<ServiceName, Record<string, string>> = {
    auth: {
      ...common,
      AUTH_PORT: '0',
      AUTH_DATABASE_URL: `sqlite:${join(folderOf('auth'), 'auth.db')}`,
      AUTH_SIGNING_KEY_FILE: join(folderOf('auth'), 'signing-key.pem'),
      AUTH_REFRESH_KEY_FILE: join(folderOf('auth'), 'refresh-key'),
      AUTH_FACTOR_KEY_FILE: join(folderOf('auth'), 'factor-key'),
      EVENT_LOG_URL: `sqlite:${join(folderOf('auth'), 'events.db')}`,
    },
    chat: {
      ...common,
      CHAT_PORT: '0',
      CHAT_DATABASE_URL: `sqlite:${join(folderOf('chat'), 'chat.db')}`,
      EVENT_LOG_URL: sharedLog,
    },
    presence: {
      ...common,
      PRESENCE_PORT: '0',
      PRESENCE_DATABASE_URL: `sqlite:${join(folderOf('presence'), 'presence.db')}`,
      EVENT_LOG_URL: sharedLog,
    },
    // Nobody is there: face features are away, and everything else works.
    gateway: { ...common, GATEWAY_PORT: '0', VISION_URL: 'http://127.0.0.1:1', ...gateway },
  }
  const processes = new Map<ServiceName, ServiceProcess>()
  const start = async (name: ServiceName): Promise<void> => {
    const started = await startServiceProcess(name, settings[name])
    processes.set(name, started)
    // A restart takes the same port, so that the others find it.
    settings[name][`${name.toUpperCase()}_PORT`] = new URL(started.url).port
  }
  const dispose = async (): Promise<ReadonlyMap<ServiceName, number | null>> => {
    const codes = await Promise.all(
      [...processes].map(async ([name, running]) => [name, await running.terminate()] as const),
    )
    await rm(parent, { recursive: true, force: true, maxRetries: 3 })
    return new Map(codes)
  }
  try {
    await Promise.all([start('auth'), start('chat'), start('presence')])
    for (const name of ['auth', 'chat', 'presence'] as const)
      settings.gateway[`${name.toUpperCase()}_URL`] = processes.get(name)?.url ?? ''
    await start('gateway')
  } catch (error) {
    await dispose()
    throw error
  }
  return {
    url: processes.get('gateway')?.url ?? '',
    serviceToken: createSecret(token),
    processes,
    restart: start,
    dispose,
  }
}
