import { channels } from '@our-now/contracts/socket.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import { createLoop, type Loop } from '@our-now/platform/lifecycle/create-loop.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { Calls } from '../calls/calls.ts'
import { callKey, type CallLeases } from './call-leases.ts'
import type { NodeDirectory } from './node-directory.ts'

export interface WatchNodesDeps {
  readonly calls: Calls
  readonly leases: CallLeases
  readonly directory: NodeDirectory
  readonly leaseStore: LeaseStore
  readonly hub: SocketHub
  readonly load: () => number | null
  readonly leaseMs: number
  readonly log: Logger
}

/** Four signs of life in the time after which a node counts as dead: three of them may be late. */
const signsPerLease = 4
/** What is left behind is written again after this many signs, changed or not. */
const signsPerPlaces = 40

/**
 * Says that this node lives and which calls it has, gives up those that another node has taken over meanwhile, and
 * tells the devices of a node that died to join again.
 */
export function createWatchNodes(deps: WatchNodesDeps): Loop {
  const { calls, leases, directory, leaseStore, hub, load, leaseMs, log } = deps
  const { me } = leases
  let known = new Set<string>()
  let writtenPlaces = ''
  let signs = 0

  async function keepCalls(): Promise<void> {
    await Promise.all(
      calls.all().map(async (call) => {
        if (!(await leases.keep(call.roomId))) calls.giveUp(call)
      }),
    )
  }
  async function leavePlaces(): Promise<void> {
    const places = calls
      .all()
      .flatMap(({ roomId, callId, peers }) =>
        [...peers.values()].map(({ sessionId, peerId }) => ({ roomId, callId, sessionId, peerId })),
      )
    const text = JSON.stringify(places)
    signs += 1
    if (text === writtenPlaces && signs % signsPerPlaces !== 0) return
    await directory.publishPlaces(me.nodeId, places)
    writtenPlaces = text
  }
  async function lookForDead(): Promise<void> {
    const live = new Set((await directory.listLive()).map(({ nodeId }) => nodeId))
    for (const nodeId of known) if (!live.has(nodeId) && nodeId !== me.nodeId) await bury(nodeId)
    known = live
  }
  async function bury(nodeId: string): Promise<void> {
    const places = await directory.inherit(nodeId, me.nodeId)
    log.warn({ nodeId, places: places.length }, 'a media node is gone')
    const rooms = new Set(places.map(({ roomId }) => roomId))
    for (const roomId of rooms) {
      await leaseStore.release(callKey(roomId), nodeId)
      hub.publish(channels.room(roomId), 'call:changed', { roomId })
    }
    for (const { roomId, callId, sessionId, peerId } of places)
      hub.publish(channels.session(sessionId), 'call:event', {
        roomId,
        callId,
        to: peerId,
        change: { kind: 'out', reason: 'lost' },
      })
  }
  return createLoop({
    idleMs: leaseMs / signsPerLease,
    run: async () => {
      try {
        await directory.publish({ ...me, load: load() })
        await keepCalls()
        await leavePlaces()
        await lookForDead()
      } catch (error) {
        // Calls go on; the next sign of life is due as always.
        log.warn({ err: error }, 'media nodes could not see each other')
      }
      return false
    },
    onError: () => undefined,
  })
}
