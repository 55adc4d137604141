import { clockSince } from '../run-clock.ts'
import { createProxy, type Proxy } from '../proxy/create-proxy.ts'
import { passing } from '../proxy/proxy-mode.ts'
import { createChoices } from '../choices.ts'
import { viewRooms } from './final-views.ts'
import { createRecorder, hashOfText, type Recorder } from './recorder.ts'
import type { ClientsAnswer, ClientsCommand, RunOrder } from './run-order.ts'
import { setUpRooms, type RunRoom } from './set-up-rooms.ts'
import { startVirtualClient, type VirtualClient } from './virtual-client.ts'
import { startWorkload, syncRoom, type Workload } from './workload.ts'

/** All virtual clients of one run live in this process, each behind a proxy of its own; the runner speaks by messages. */
interface Crowd {
  readonly order: RunOrder
  readonly recorder: Recorder
  readonly clients: readonly VirtualClient[]
  readonly lines: readonly { readonly door: string; readonly proxy: Proxy; isCutOff: boolean }[]
  readonly rooms: readonly RunRoom[]
  readonly workload: Workload
}

let crowd: Crowd | undefined

function gathered(): Crowd {
  if (crowd === undefined) throw new Error('no run has begun')
  return crowd
}

async function begin(order: RunOrder): Promise<ClientsAnswer> {
  const random = createChoices(order.seed)
  const recorder = createRecorder(order.historyFile, clockSince(order.baseMs))
  let ops = 0
  const nextOp = () => `${++ops}`
  const lines: { door: string; proxy: Proxy; isCutOff: boolean }[] = []
  const clients: VirtualClient[] = []
  for (let index = 0; index < order.clients; index++) {
    const door = order.doors[index % order.doors.length]
    if (door === undefined) throw new Error('there is no door')
    const proxy = await createProxy({ host: door.host, port: door.port })
    lines.push({ door: door.name, proxy, isCutOff: false })
    const { host, port } = proxy.address
    const yearsOff = index % 10 === 3 ? random.between(-10, 10) : 0
    clients.push(
      await startVirtualClient({
        name: `${order.runName}c${index}`,
        baseUrl: `http://${host}:${port}`,
        origin: order.origin,
        skewMs: yearsOff * 365 * 86_400_000,
        recorder,
        nextOp,
        onSending: (sender, send) => {
          if (random.chance(order.repeatShare)) void repeat(sender, send)
        },
      }),
    )
  }
  const rooms = await setUpRooms(clients, order.rooms, random)
  const workload = startWorkload({
    clients,
    rooms,
    order,
    random,
    cutOff: (client, ms) => cutOff(clients.indexOf(client), ms),
  })
  crowd = { order, recorder, clients, lines, rooms, workload }
  return { kind: 'begun', roomIds: rooms.map(({ roomId }) => roomId) }
}

/** The same message a second time on purpose, by the other way in, while the first is under way. */
async function repeat(
  sender: VirtualClient,
  { roomId, id, text }: { roomId: string; id: string; text: string },
): Promise<void> {
  await sender.ask(
    { f: 'send', roomId, id, hash: hashOfText(text), isRepeat: true },
    () => sender.client.api.sendMessage({ roomId, clientMessageId: id, text }),
    ({ seq }) => ({ seq }),
  )
}

/** The network of one client is gone for a while. */
function cutOff(index: number, ms: number): void {
  const { lines, clients, recorder } = gathered()
  const [line, one] = [lines[index], clients[index]]
  if (line === undefined || one === undefined || line.isCutOff || line.proxy.mode().kind !== 'pass') return
  line.isCutOff = true
  const { name: client, userId } = one
  recorder.write({ t: recorder.now(), client, userId, f: 'disconnected', reason: 'cut' })
  line.proxy.turn({ kind: 'reset' })
  setTimeout(() => {
    line.isCutOff = false
    line.proxy.turn(passing)
  }, ms)
}

function compare(heads: readonly { roomId: string; head: number }[]): ClientsAnswer {
  const { clients } = gathered()
  const behind = clients.flatMap((one) =>
    heads
      .filter(({ roomId, head }) => (one.client.rooms.have(roomId) ?? head) < head)
      .map(({ roomId, head }) => `${one.name} has ${one.client.rooms.have(roomId)} of ${head} in ${roomId}`),
  )
  return {
    kind: 'compared',
    acked: clients.reduce((sum, one) => sum + one.sends.acked(), 0),
    waiting: clients.reduce((sum, one) => sum + one.sends.waiting(), 0),
    offline: clients.filter((one) => !one.isOnline()).length,
    behind,
  }
}

async function finish(): Promise<ClientsAnswer> {
  const { clients, recorder, rooms, lines } = gathered()
  const roomIds = rooms.map(({ roomId }) => roomId)
  await Promise.all(
    clients.flatMap((one) =>
      one.roomIds().map((roomId) => syncRoom(one, roomId, one.client.rooms.have(roomId) ?? 0)),
    ),
  )
  const views = (await Promise.all(clients.map((one) => viewRooms(one, roomIds)))).flat()
  for (const { sends } of clients) sends.close()
  recorder.close()
  const answer: ClientsAnswer = {
    kind: 'finished',
    acked: clients.reduce((sum, one) => sum + one.sends.acked(), 0),
    unknown: clients.reduce((sum, one) => sum + one.sends.unknown(), 0),
    views,
  }
  void Promise.all(lines.map(({ proxy }) => proxy.close()))
  return answer
}

async function answer(command: ClientsCommand): Promise<ClientsAnswer | undefined> {
  switch (command.kind) {
    case 'begin':
      return begin(command.order)
    case 'silence':
      gathered().workload.stop()
      return { kind: 'silent' }
    case 'compare':
      return compare(command.heads)
    case 'finish':
      return finish()
    case 'turn':
      for (const { door, proxy, isCutOff } of gathered().lines)
        if (door === command.door && !isCutOff) proxy.turn(command.mode)
      return undefined
  }
}

process.on('message', (command: ClientsCommand) => {
  void answer(command)
    .catch((error: unknown): ClientsAnswer => ({
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }))
    .then((reply) => reply !== undefined && process.send?.(reply))
})
process.on('disconnect', () => process.exit(0))
