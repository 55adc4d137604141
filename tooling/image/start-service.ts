import { services } from './services.ts'

/**
 * What a container runs: the service that its argument names, in this process, so that signals reach it; or
 * `make-keys` or `make-vision-key`, once, before auth or vision starts for the first time.
 */
const name = process.argv[2] ?? ''
const service = services[name]
if (name === 'make-keys') await import('./make-keys.ts')
else if (name === 'make-vision-key') await import('./make-vision-key.ts')
else if (service === undefined) {
  const known = [...Object.keys(services), 'make-keys', 'make-vision-key'].join(', ')
  console.error(`Which service? Give one of ${known} as the container's argument.`)
  process.exitCode = 1
} else {
  process.env[service.portSetting] ??= String(service.port)
  await import(service.program)
}
