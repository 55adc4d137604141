import { authContract } from '@our-now/contracts/auth.ts'
import { chatContract } from '@our-now/contracts/chat.ts'
import { visionContract } from '@our-now/contracts/vision.ts'
import { restRoutes, type RestRoute } from '@our-now/contracts/rest.ts'
import type { CallContext, ServiceContract } from '@our-now/contracts/service-contract.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { HttpServer } from '@our-now/platform/http/create-http-server.ts'
import { checkValue } from '@our-now/platform/validation/check-value.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Apis } from '../apis.ts'
import type { InFlight } from '../in-flight.ts'
import { collectRequest } from './collect-request.ts'
import { maxPictureBodyBytes, readPictures, takePictures } from './picture-bodies.ts'
import type { RefreshCookie } from './refresh-cookie.ts'
import type { AdmitRestCall } from './rest-caller.ts'
import { createToSignInReply } from './sign-in-replies.ts'

export interface RestDeps {
  readonly apis: Apis
  readonly admit: AdmitRestCall
  readonly cookie: RefreshCookie
  readonly inFlight: InFlight
}

const contracts: Readonly<Record<RestRoute['service'], ServiceContract>> = {
  auth: authContract,
  chat: chatContract,
  vision: visionContract,
}

/** Bodies of pictures that nobody signed in for, held at once: 16 are at most 56 MB. */
const maxAnonymousBodies = 16

type Operation = (context: CallContext, request: unknown) => Promise<unknown>

/** Every route of the contract, none by hand: admit, collect, check, call, answer. */
export async function bindRestRoutes(server: HttpServer, deps: RestDeps): Promise<void> {
  bindRoutes(
    server,
    restRoutes.filter((route) => !('pictures' in route)),
    deps,
  )
  // By themselves, so that every other route keeps taking JSON only.
  await server.register(async (part) => {
    /** True because a part of a server is one of its kind; Fastify's types forget its logger. */
    const own = part as unknown as HttpServer
    takePictures(own)
    bindRoutes(
      own,
      restRoutes.filter((route) => 'pictures' in route),
      deps,
    )
  })
}

/** @returns what counts a body until its answer is gone. @throws {AppError} overloaded, instead of holding one more */
function countAnonymousBodies(): (reply: FastifyReply) => void {
  let count = 0
  return (reply) => {
    if (count >= maxAnonymousBodies) throw new AppError('overloaded', undefined, { retryAfterMs: 1_000 })
    count += 1
    reply.raw.once('close', () => (count -= 1))
  }
}

function bindRoutes(server: HttpServer, routes: readonly RestRoute[], deps: RestDeps): void {
  const takeAnonymousBody = countAnonymousBodies()
  const signInReplies = createToSignInReply({ chat: deps.apis.chat, cookie: deps.cookie })
  for (const route of routes) {
    const schema = contracts[route.service][route.operation]?.request
    if (schema === undefined) throw new Error(`no operation ${route.service}.${route.operation}`)
    /** True because the routes are typed by the contracts whose operations an api has. */
    const call = Reflect.get(deps.apis[route.service], route.operation) as Operation
    const toSignInReply =
      route.service === 'auth' && Object.hasOwn(signInReplies, route.operation)
        ? Reflect.get(signInReplies, route.operation)
        : undefined

    /** Who sends pictures is let in, or not, before their body is read. */
    const admitted = new WeakMap<FastifyRequest, CallContext>()
    const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      void reply.header('cache-control', 'no-store')
      const context = admitted.get(request) ?? (await deps.admit(route, request))
      const collected = collectRequest(schema, readPictures(route, request))
      if (route.auth === 'cookie') return answerByCookie(request, reply, context, collected)
      const value = await call(context, checkValue(schema, collected))
      return toSignInReply === undefined ? value : toSignInReply(value, request, reply, context)
    }

    const answerByCookie = async (
      request: FastifyRequest,
      reply: FastifyReply,
      context: CallContext,
      collected: object,
    ): Promise<unknown> => {
      const refreshToken = deps.cookie.find(request)
      if (Object.hasOwn(collected, 'refreshToken'))
        throw new AppError('invalid_request', undefined, { field: '/refreshToken' })
      if (toSignInReply === undefined) {
        deps.cookie.clear(reply)
        return refreshToken === undefined
          ? {}
          : call(context, checkValue(schema, { ...collected, refreshToken }))
      }
      if (refreshToken === undefined) throw new AppError('unauthenticated')
      try {
        const value = await call(context, checkValue(schema, { ...collected, refreshToken }))
        return await toSignInReply(value, request, reply, context)
      } catch (error) {
        if (error instanceof AppError && error.code === 'session_ended') deps.cookie.clear(reply)
        throw error
      }
    }

    server.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => deps.inFlight.run(() => answer(request, reply)),
      ...(route.pictures === undefined
        ? {}
        : {
            bodyLimit: maxPictureBodyBytes,
            onRequest: async (request, reply) => {
              if (route.auth === 'none') takeAnonymousBody(reply)
              admitted.set(request, await deps.admit(route, request))
            },
          }),
    })
  }
}
