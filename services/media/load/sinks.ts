import { createSocket, type Socket } from 'node:dgram'

/** Receives for all subscribers, in a process of its own: `{ open: n }` → `{ ports }`, `'count'` → `{ packets }`. */
const sockets: Socket[] = []
let packets = 0

async function open(): Promise<number> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 })
  sockets.push(socket)
  socket.on('message', (message) => {
    // RTCP has 192 to 223 there (RFC 5761, section 4).
    const kind = message[1] ?? 0
    if (kind < 192 || kind > 223) packets += 1
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return socket.address().port
}

process.on('message', (message) => {
  const count: unknown = Reflect.get(Object(message), 'open')
  if (typeof count !== 'number') return void process.send?.({ packets })
  void Promise.all(Array.from({ length: count }, open)).then((ports) => process.send?.({ ports }))
})
process.on('disconnect', () => process.exit())
