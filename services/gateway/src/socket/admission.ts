import type { IncomingMessage } from 'node:http'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createBucket, takeFrom, type Budget } from '../budgets/token-bucket.ts'
import { clientAddress } from '../http/client-address.ts'
import type { IsAllowedOrigin } from '../http/origin-policy.ts'
import type { GatewayServer } from './connection.ts'

export interface AdmissionDeps {
  readonly isAllowedOrigin: IsAllowedOrigin
  readonly trustProxy: boolean
  readonly connectionsPerAddress: number
  readonly bytes: Budget
  readonly isDraining: () => boolean
  readonly log: Logger
}

type Allow = (
  request: IncomingMessage,
  answer: (error: string | null | undefined, isAllowed: boolean) => void,
) => void

/** The door before Socket.IO: where a websocket may come from, how many, and how much it may send. */
export interface Admission {
  readonly allowRequest: Allow
  /** Counts the connections of `io`; call once. */
  countConnections(io: GatewayServer): void
}

/** The balancer in front takes it for what it is, and goes elsewhere. */
const comeAgain =
  'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'

export function createAdmission(deps: AdmissionDeps): Admission {
  const countOf = new Map<string, number>()

  return {
    allowRequest(request, answer) {
      // Socket.IO's own refusal would say that the client is wrong, and not when to come again.
      if (deps.isDraining()) return void request.socket.end(comeAgain)
      // CORS does not cover websockets: any page could open one with the browser's help.
      if (!deps.isAllowedOrigin(request.headers.origin)) return answer('origin_refused', false)
      const count = countOf.get(clientAddress(request, deps)) ?? 0
      if (count >= deps.connectionsPerAddress) return answer('rate_limited', false)
      answer(undefined, true)
    },

    countConnections(io) {
      io.engine.on('connection', (conn: EngineConnection) => {
        const address = clientAddress(conn.request, deps)
        countOf.set(address, (countOf.get(address) ?? 0) + 1)
        conn.on('close', () => {
          const left = (countOf.get(address) ?? 1) - 1
          if (left === 0) countOf.delete(address)
          else countOf.set(address, left)
        })
        boundBytes(conn, deps)
      })
    },
  }
}

interface EngineConnection {
  readonly request: IncomingMessage
  on(event: 'close', listener: () => void): void
  on(event: 'data', listener: (data: string) => void): void
  close(isDiscarding: boolean): void
}

function boundBytes(conn: EngineConnection, { bytes, log }: AdmissionDeps): void {
  const bucket = createBucket(bytes, performance.now())
  conn.on('data', (data) => {
    if (takeFrom(bucket, bytes, performance.now(), data.length) === 0) return
    log.warn('socket sends too much')
    conn.close(true)
  })
}
