import fastifyCookie from '@fastify/cookie'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import { createHttpServer, listen } from '@our-now/platform/http/create-http-server.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { Service } from '@our-now/platform/lifecycle/service.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import type { SocketHub } from '@our-now/platform/socket-hub/socket-hub.ts'
import type { Metrics } from '@our-now/platform/telemetry/create-metrics.ts'
import type { Socket } from 'socket.io'
import type { Apis } from './apis.ts'
import { toBudgets } from './budgets/budgets.ts'
import { createTakeShared } from './budgets/shared-budget.ts'
import { createLeaveCalls } from './calls/leave-calls.ts'
import type { GatewayConfig } from './config.ts'
import { createGatewayMetrics } from './gateway-metrics.ts'
import { bindRestRoutes } from './http/bind-rest-routes.ts'
import { createOriginPolicy } from './http/origin-policy.ts'
import { bindProbes } from './http/probes.ts'
import { createRefreshCookie } from './http/refresh-cookie.ts'
import { createAdmitRestCall } from './http/rest-caller.ts'
import { addSecurityHeaders } from './http/security-headers.ts'
import { serveDocs } from './http/serve-docs.ts'
import { serveWebClient } from './http/serve-web-client.ts'
import { createInFlight } from './in-flight.ts'
import { createLeaseKeeper } from './presence/lease-keeper.ts'
import { createPresenceWatch } from './presence/watch-presence.ts'
import { createPushes } from './push/pushes.ts'
import { createOpenRooms } from './rooms/open-rooms.ts'
import { createStartTyping } from './rooms/start-typing.ts'
import { acceptConnections } from './socket/accept-connections.ts'
import { createAdmission } from './socket/admission.ts'
import { authenticateSockets } from './socket/authenticate-socket.ts'
import { createCloseExpired } from './socket/close-expired.ts'
import type { Connection } from './socket/connection.ts'
import { createCommands } from './socket/commands.ts'
import { createSocketServer } from './socket/create-socket-server.ts'
import { createStandStill } from './socket/stand-still.ts'
import { createEndSessions } from './socket/end-sessions.ts'
import { stopSockets, trackTcpConnections } from './stop-sockets.ts'
import { createEndedSessions } from './tokens/ended-sessions.ts'
import { createSigningKeyCache } from './tokens/signing-key-cache.ts'
import { createVerifyAccessToken } from './tokens/verify-access-token.ts'
import { createRevocationWatch } from './tokens/watch-revocations.ts'

/** Opened by the caller, who closes hub and lease store after `stop`. The apis are guarded ones. */
export interface GatewayDeps extends Apis {
  /** Every replica of chat by itself, for what each of them alone knows; absent: `chat` is the only one. */
  readonly chatReplicas?: readonly Pick<Apis['chat'], 'recentHeads'>[]
  readonly hub: SocketHub
  readonly leaseStore: LeaseStore
  readonly clock: Clock
  readonly log: Logger
  readonly config: GatewayConfig
  /** PEM texts; absent: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string }
  readonly metrics?: Metrics
}

export interface Gateway extends Service<Record<string, never>> {
  /** Where it listens, without a slash at the end. After `start` only. */
  url(): string
}

/** The only public door: REST, the socket, the web client. Keeps nothing that another gateway would miss. */
export function createGateway(deps: GatewayDeps): Gateway {
  const { auth, chat, presence, vision, hub, leaseStore, clock, log, config, tls } = deps
  const apis = { auth, chat, presence, vision, ...(deps.media === undefined ? {} : { media: deps.media }) }
  const trustProxy = config.gatewayTrustProxy
  const publicOrigin =
    config.gatewayPublicUrl === undefined ? undefined : new URL(config.gatewayPublicUrl).origin
  let listensAt: string | undefined
  let isDraining = false
  const url = (): string => {
    if (listensAt === undefined) throw new Error('the gateway is not started')
    return listensAt
  }

  // ── who may come in ──
  const budgets = toBudgets(config)
  const takeShared = createTakeShared({ leaseStore, log })
  const isAllowedOrigin = createOriginPolicy({
    publicUrl: config.gatewayPublicUrl,
    extraOrigins: config.gatewayExtraOrigins,
    listensAt: url,
  })
  const endedSessions = createEndedSessions(clock)
  const findKey = createSigningKeyCache({ listSigningKeys: auth.listSigningKeys })
  const verifyAccessToken = createVerifyAccessToken({ findKey, endedSessions, clock })
  const inFlight = createInFlight()

  // ── servers ──
  const server = createHttpServer({ log, ...(tls === undefined ? {} : { tls }) })
  const tcpConnections = trackTcpConnections(server)
  const admission = createAdmission({
    isAllowedOrigin,
    trustProxy,
    connectionsPerAddress: config.gatewayConnectionsPerAddress,
    bytes: budgets.socketBytes,
    isDraining: () => isDraining,
    log,
  })
  const io = createSocketServer(server.server, admission)

  // ── what sockets hear ──
  // The hub puts its adapter in place first: what follows listens to it.
  const attachment = hub.attach(io, (published) => pushes.route(published), {
    isCoalesced: config.gatewayHasCoalescedWrites,
    maxLagMs: config.gatewayMaxLagMs,
    onCaughtUp: (socket) => pushes.tellHeads(socket),
    onTooSlow: (socket) =>
      log.warn({ connectionId: toConnection(socket).connectionId, reason: 'slow_consumer' }, 'socket cut'),
  })
  const leaveCalls = createLeaveCalls({ io, media: deps.media, clock, log })
  const endSessions = createEndSessions(io, endedSessions, leaveCalls)
  const presenceWatch = createPresenceWatch({ io, chat, presence, log })
  const pushes = createPushes({
    io,
    chat,
    chatReplicas: deps.chatReplicas ?? [chat],
    endSessions,
    onRelationChanged: presenceWatch.recheck,
    // It does not reject.
    onRoomLeft: (roomId, userId) => void leaveCalls.leaveRoomsCall(roomId, userId),
    headsIntervalMs: config.gatewayHeadsIntervalMs,
    headsSpreadMs: config.gatewayHeadsSpreadMs,
    log,
  })
  const leases = createLeaseKeeper({
    presence,
    connections: () => [...io.of('/').sockets.values()].map(({ data }) => data),
    intervalMs: config.gatewayLeaseIntervalMs,
    ttlMs: config.gatewayLeaseTtlMs,
    log,
  })
  hub.onDisturbed(() => {
    pushes.checkAll()
    // The same server most likely keeps the leases.
    leases.renewSoon()
  })
  const revocations = createRevocationWatch({
    auth,
    intervalMs: config.gatewayRevokedIntervalMs,
    log,
    onEnded: endSessions,
  })
  const closeExpired = createCloseExpired({ io, leaveCalls, clock, log })

  const standStill = createStandStill((stoodMs) => {
    log.warn({ stoodMs: Math.round(stoodMs) }, 'stood still: every connection is closed, clients come back')
    io.local.disconnectSockets(true)
  })

  // ── what sockets may say ──
  authenticateSockets({
    io,
    hub,
    verifyAccessToken,
    connects: budgets.connects,
    connectionsPerUser: config.gatewayConnectionsPerUser,
    trustProxy,
    log,
  })
  const handlers = createCommands({
    apis,
    verifyAccessToken,
    openRooms: createOpenRooms({ chat, cursorRevs: pushes.cursorRevs, onRoomJoined: pushes.noteRoomJoined }),
    startTyping: createStartTyping({ chat, hub }),
    presenceWatch,
    leases,
    leaveCalls,
    clock,
  })
  acceptConnections({
    io,
    chat,
    leases,
    leaveCalls,
    onSubscribed: pushes.noteSubscribed,
    onUserJoined: pushes.noteUserJoined,
    commands: {
      handlers,
      standStill,
      isLagging: attachment.isLagging,
      takeShared,
      budgets,
      inFlight,
      noteCommand: createGatewayMetrics(deps.metrics, io).noteCommand,
      clock,
      log,
    },
    clock,
    log,
  })

  const unreadyReason = (): string | undefined =>
    listensAt === undefined ? 'not started' : isDraining ? 'stopping' : undefined
  const bindHttp = async (): Promise<void> => {
    await server.register(fastifyCookie)
    addSecurityHeaders(server, publicOrigin)
    bindProbes(server, unreadyReason)
    await bindRestRoutes(server, {
      apis,
      admit: createAdmitRestCall({
        verifyAccessToken,
        isAllowedOrigin,
        takeShared,
        budgets,
        clock,
        trustProxy,
      }),
      cookie: createRefreshCookie(
        publicOrigin === undefined ? tls !== undefined : publicOrigin.startsWith('https:'),
      ),
      inFlight,
    })
    if (config.gatewayDocsDir !== undefined) await serveDocs(server, config.gatewayDocsDir)
    if (config.gatewayStaticDir !== undefined) await serveWebClient(server, config.gatewayStaticDir)
  }
  const stop = async (): Promise<void> => {
    isDraining = true
    standStill.stop()
    await revocations.stop()
    await closeExpired.stop()
    await stopSockets({ io, server, inFlight, tcpConnections, drainMs: config.gatewayDrainMs })
    attachment.detach()
    await pushes.stop()
    await presenceWatch.stop()
    await leases.stop()
  }
  let stopping: Promise<void> | undefined

  return {
    name: 'gateway',
    api: {},
    url,
    unreadyReason,
    start: async () => {
      await bindHttp()
      listensAt = await listen(server, { host: config.gatewayHost, port: config.gatewayPort })
      for (const part of [pushes, revocations, closeExpired, leases, standStill]) part.start()
      log.info({ url: listensAt }, 'gateway listens')
    },
    stop: () => (stopping ??= stop()),
  }
}

/** True because the middleware gives every socket its connection before anything else sees it. */
const toConnection = (socket: Socket): Connection => socket.data as Connection
