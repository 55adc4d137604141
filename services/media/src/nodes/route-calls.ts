import { mediaContract, type MediaApi } from '@our-now/contracts/media.ts'
import type { CallContext, ServiceContract } from '@our-now/contracts/service-contract.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { Calls } from '../calls/calls.ts'
import type { CallLeases, MediaNode } from './call-leases.ts'
import { chooseNode } from './choose-node.ts'
import type { NodeDirectory } from './node-directory.ts'

export interface RouteCallsDeps {
  /** This node's own calls. */
  readonly local: MediaApi
  /** Another node's own calls. */
  readonly openNode: (node: MediaNode) => MediaApi
  readonly calls: Calls
  readonly leases: CallLeases
  readonly directory: NodeDirectory
  readonly load: () => number | null
  readonly clock: Clock
}

type Operation = (context: CallContext, request: unknown) => Promise<unknown>
type Operations = Readonly<Record<string, Operation>>

/** How long another node may take, in ms: it is beside us, or stands still. */
const forwardMs = 2_000
/** A call whose owner is just changing is asked for so often. */
const tries = 3

/** Every operation at the node that has the room's call; a call that nobody has begins where there is least to do. */
export function createRouteCalls(deps: RouteCallsDeps): MediaApi {
  const { openNode, calls, leases, directory, load, clock } = deps
  /** True because both are made of the contract's operations, which are called by name here. */
  const local = deps.local as unknown as Operations

  async function nodeFor(name: string, roomId: string, silent: ReadonlySet<string>): Promise<MediaNode> {
    const here = calls.find(roomId)
    if (here !== undefined) {
      if (await leases.isOurs(roomId)) return leases.me
      calls.giveUp(here)
    }
    const owner = await leases.ownerOf(roomId)
    if (owner !== undefined || name !== 'joinCall') return owner ?? leases.me
    const live = (await directory.listLive()).filter(({ nodeId }) => !silent.has(nodeId))
    return chooseNode({ ...leases.me, load: load() }, live)
  }
  const atHome =
    (name: string): Operation =>
    async (context, request) => {
      const run = local[name]
      if (run === undefined) throw new AppError('not_found')
      return run(context, request)
    }
  const at = async (
    node: MediaNode,
    name: string,
    context: CallContext,
    request: unknown,
  ): Promise<unknown> => {
    if (node.nodeId === leases.me.nodeId) return atHome(name)(context, request)
    /** True as above. */
    const run = (openNode(node) as unknown as Operations)[name]
    if (run === undefined) throw new AppError('not_found')
    const deadlineAtMs = Math.min(context.deadlineAtMs ?? Infinity, clock.now() + forwardMs)
    return run({ ...context, deadlineAtMs }, request)
  }
  const route =
    (name: string): Operation =>
    async (context, request) => {
      const roomId: unknown = Reflect.get(Object(request), 'roomId')
      if (typeof roomId !== 'string') return atHome(name)(context, request)
      const silent = new Set<string>()
      for (let left = tries; ; left -= 1) {
        const node = await nodeFor(name, roomId, silent)
        try {
          return await at(node, name, context, request)
        } catch (error) {
          const isUnavailable = error instanceof AppError && error.code === 'unavailable'
          if (!isUnavailable || name !== 'joinCall' || left <= 1) throw error
          const owner = await leases.ownerOf(roomId)
          // Still nobody has it: where it should have begun has just died or has no worker. It begins elsewhere.
          if (owner === undefined && node.nodeId !== leases.me.nodeId) silent.add(node.nodeId)
          // Two nodes began it at the same time: it is asked of the one that has it.
          else if (owner === undefined || owner.nodeId === node.nodeId) throw error
        }
      }
    }
  return Object.fromEntries(
    Object.keys(mediaContract satisfies ServiceContract).map((name) => [name, route(name)]),
  ) as unknown as MediaApi
}

/**
 * What other nodes ask of this one: its own calls and nothing further, so that a question never goes round. A call that
 * another node took over while this one stood still is given up before it is asked for.
 */
export function createOwnCalls({
  local,
  calls,
  leases,
}: Pick<RouteCallsDeps, 'local' | 'calls' | 'leases'>): MediaApi {
  /** True because it is made of the contract's operations, which are called by name here. */
  const operations = local as unknown as Operations
  const checked =
    (run: Operation): Operation =>
    async (context, request) => {
      const roomId: unknown = Reflect.get(Object(request), 'roomId')
      const here = typeof roomId === 'string' ? calls.find(roomId) : undefined
      if (here !== undefined && !(await leases.isOurs(here.roomId))) calls.giveUp(here)
      return run(context, request)
    }
  return Object.fromEntries(
    Object.entries(operations).map(([name, run]) => [name, checked(run)]),
  ) as unknown as MediaApi
}
