import { WebSocket } from 'ws'
import type { ClientOrders } from './clients.ts'

/** The process behind `startClients`: plain websockets that speak just enough Socket.IO to be cheap. */
let count = 0
const atOnce = 50

function connect({ url, protocol, isGateway }: ClientOrders, handshake: object): Promise<void> {
  const address = url.replace(/^http/, 'ws')
  const path = protocol === 'ws' ? '/' : '/socket.io/?EIO=4&transport=websocket'
  const websocket = new WebSocket(`${address}${path}`, { origin: url, perMessageDeflate: false })
  return new Promise((resolve, reject) => {
    websocket.on('error', reject)
    websocket.on('close', () => reject(new Error('closed')))
    if (protocol === 'ws') websocket.on('open', () => resolve())
    websocket.on('message', (data: Buffer) => {
      const kind = data[0] === 0x34 ? data[1] : undefined
      if (kind === 0x32) {
        if (isGateway && data.includes('session:ready')) resolve()
        else count += 1
      } else if (data[0] === 0x30) websocket.send(`40${JSON.stringify(handshake)}`)
      else if (data[0] === 0x32) websocket.send('3')
      else if (kind === 0x30 && !isGateway) resolve()
      else if (kind === 0x34) reject(new Error(data.toString()))
    })
  })
}

process.on('message', (message: { connect?: ClientOrders; takeCount?: true }) => {
  if (message.connect !== undefined) void connectAll(message.connect)
  else {
    process.send?.(count)
    count = 0
  }
})

async function connectAll(orders: ClientOrders): Promise<void> {
  const waiting = [...orders.handshakes]
  while (waiting.length > 0)
    await Promise.all(waiting.splice(0, atOnce).map((handshake) => connect(orders, handshake)))
  process.send?.('connected')
}
