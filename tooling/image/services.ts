/** One thing that a container of the image may be. */
export interface ImageService {
  /** Relative to this file. */
  readonly program: string
  /** The setting that says where it listens, and what it says where unsaid. */
  readonly portSetting: string
  readonly port: number
  /** How it is asked whether it takes work. */
  readonly readyPath: string
}

const toService = (name: string, port: number): ImageService => ({
  program: `../../services/${name}/src/main.ts`,
  portSetting: `${name.toUpperCase()}_PORT`,
  port,
  readyPath: '/readyz',
})

/** What one image can be, by the argument of its container. */
export const services: Readonly<Record<string, ImageService>> = {
  auth: toService('auth', 4001),
  chat: toService('chat', 4002),
  presence: toService('presence', 4003),
  media: toService('media', 4005),
  vision: toService('vision', 4004),
  gateway: toService('gateway', 8080),
  balancer: {
    program: '../cluster/balancer/main.ts',
    portSetting: 'BALANCER_PORT',
    port: 8080,
    readyPath: '/balancer/readyz',
  },
}
