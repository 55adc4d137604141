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

/** Under which name each connection asks its other end in: new ones after a restart. Needs `notePeerConnections`. */
export const iceNamesOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    /** True because `notePeerConnections` put it there. */
    const { connections } = globalThis as unknown as { connections: Set<RTCPeerConnection> }
    return [...connections].flatMap(
      ({ remoteDescription }) => /^a=ice-ufrag:(\S+)/m.exec(remoteDescription?.sdp ?? '')?.[1] ?? [],
    )
  })

/** The ports of the media workers that a call is connected to, one a connection; after `notePeerConnections`. */
export const serverPortsOf = (page: Page): Promise<readonly number[]> =>
  page.evaluate(async () => {
    /** True because `notePeerConnections` put it there. */
    const { connections } = globalThis as unknown as { connections: Set<RTCPeerConnection> }
    const ports: number[] = []
    for (const connection of connections) {
      if (connection.connectionState !== 'connected') continue
      const report = await connection.getStats()
      report.forEach((stat: Readonly<Record<string, unknown>>) => {
        if (stat['type'] === 'remote-candidate') ports.push(Number(stat['port']))
      })
    }
    return ports
  })

/** How many connections the page has opened so far, whatever became of them; after `notePeerConnections`. */
export const openedConnections = (page: Page): Promise<number> =>
  page.evaluate(
    /** True because `notePeerConnections` put it there. */
    () => (globalThis as unknown as { connections: Set<RTCPeerConnection> }).connections.size,
  )

/** How many videos of others arrive: those whose bytes grow within two seconds. */
export const arrivingVideos = async (page: Page): Promise<number> => {
  const before = await videoBytes(page)
  await page.waitForTimeout(2_000)
  const after = await videoBytes(page)
  return Object.entries(after).filter(([id, bytes]) => bytes > (before[id] ?? 0)).length
}

const videoBytes = (page: Page): Promise<Readonly<Record<string, number>>> =>
  page.evaluate(async () => {
    /** True because `notePeerConnections` put it there. */
    const { connections } = globalThis as unknown as { connections: Set<RTCPeerConnection> }
    const bytes: Record<string, number> = {}
    for (const connection of connections) {
      if (connection.connectionState !== 'connected') continue
      const report = await connection.getStats()
      report.forEach((stat: Readonly<Record<string, unknown>>) => {
        if (stat['type'] === 'inbound-rtp' && stat['kind'] === 'video')
          bytes[String(stat['id'])] = Number(stat['bytesReceived'])
      })
    }
    return bytes
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
