import type { Page } from 'playwright-core'

/**
 * The way that each connection of a call takes, as the browser counts it: `direct udp`, `relay udp` … Connections are
 * found only after `notePeerConnections`.
 */
export const pathsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    /** True because `notePeerConnections` put it there. */
    const { connections } = globalThis as unknown as { connections: Set<RTCPeerConnection> }
    const paths: string[] = []
    for (const connection of connections) {
      if (connection.connectionState !== 'connected') continue
      const report = await connection.getStats()
      const stats = new Map<string, Readonly<Record<string, unknown>>>()
      report.forEach((stat: Readonly<Record<string, unknown>>) => stats.set(String(stat['id']), stat))
      const transport = [...stats.values()].find((stat) => stat['type'] === 'transport')
      const pair = stats.get(String(transport?.['selectedCandidatePairId']))
      const local = stats.get(String(pair?.['localCandidateId']))
      const remote = stats.get(String(pair?.['remoteCandidateId']))
      const way = local?.['candidateType'] === 'relay' ? 'relay' : 'direct'
      paths.push(`${way} ${String(remote?.['protocol'])}`)
    }
    return paths
  })

/** From the next page on, every connection can be asked. */
export const notePeerConnections = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const connections = new Set<RTCPeerConnection>()
    const Original = RTCPeerConnection
    Object.assign(globalThis, {
      connections,
      RTCPeerConnection: class extends Original {
        constructor(...given: ConstructorParameters<typeof Original>) {
          super(...given)
          connections.add(this)
        }
      },
    })
  })
