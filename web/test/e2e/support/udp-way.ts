import { createSocket, type Socket } from 'node:dgram'

/** A way for datagrams from one address of this machine to another, as a network between them. */
export interface UdpWay {
  /**
   * The network changes: whoever has come this way is not let through any more, and hears nothing more by it. Only from
   * another port can one come again.
   */
  change(): void
  /** Addresses that came through since the way is there. */
  count(): number
  close(): void
}

export interface UdpEnd {
  readonly host: string
  readonly port: number
}

export async function openUdpWay(from: UdpEnd, to: UdpEnd): Promise<UdpWay> {
  const door = createSocket('udp4')
  const beyond = new Map<string, Socket>()
  const shut = new Set<string>()
  const count = { of: 0 }

  function openBeyond(sender: { readonly address: string; readonly port: number }): Socket {
    const socket = createSocket('udp4')
    count.of += 1
    socket.on('message', (message) => door.send(message, sender.port, sender.address))
    return socket
  }
  door.on('message', (message, sender) => {
    const key = `${sender.address}:${sender.port}`
    if (shut.has(key)) return
    const socket = beyond.get(key) ?? openBeyond(sender)
    beyond.set(key, socket)
    socket.send(message, to.port, to.host)
  })
  await new Promise<void>((resolve, reject) => {
    door.once('error', reject)
    door.bind(from.port, from.host, resolve)
  })
  const shutAll = (): void => {
    for (const [key, socket] of beyond) {
      shut.add(key)
      socket.close()
    }
    beyond.clear()
  }
  return {
    change: shutAll,
    count: () => count.of,
    close: () => {
      shutAll()
      door.close()
    },
  }
}
