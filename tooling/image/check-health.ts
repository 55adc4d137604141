import { readFileSync } from 'node:fs'
import { services } from './services.ts'

/** Whether the service of this container takes work: exit code 0 or 1. Which one it is, its first process says. */
const name =
  process.argv[2] ??
  readFileSync('/proc/1/cmdline', 'utf8')
    .split('\0')
    .find((word) => word in services)
const service = services[name ?? '']
try {
  if (service === undefined) throw new Error('no service runs here')
  const { portSetting, port, readyPath } = service
  const answer = await fetch(`http://127.0.0.1:${process.env[portSetting] ?? port}${readyPath}`, {
    signal: AbortSignal.timeout(2_000),
  })
  if (!answer.ok) throw new Error(await answer.text())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
