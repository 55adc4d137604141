// @ts-check
import { request } from 'node:http'

/**
 * Does a Docker engine answer within a second? By DOCKER_HOST, or at the usual socket.
 *
 * @returns {Promise<boolean>}
 */
export function isDockerHere() {
  const url = new URL(process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock')
  const where =
    url.protocol === 'unix:' ? { socketPath: url.pathname } : { host: url.hostname, port: url.port || 2375 }
  return new Promise((resolve) => {
    const asked = request({ ...where, path: '/_ping', timeout: 1_000 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    asked.on('error', () => resolve(false))
    asked.on('timeout', () => asked.destroy())
    asked.end()
  })
}
