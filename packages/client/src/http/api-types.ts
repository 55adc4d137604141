import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { VisionApi } from '@our-now/contracts/vision.ts'
import type { Empty } from '@our-now/contracts/ids.ts'
import type { restRoutes } from './rest-routes.ts'

type Operations = AuthApi & ChatApi & VisionApi

/** The operations that have a REST route. */
export type ApiName = keyof typeof restRoutes
/** `refresh` and `signOut` take the httpOnly cookie instead of a request. */
export type ApiRequest<N extends ApiName> = N extends 'refresh' | 'signOut'
  ? Empty
  : WithBlobs<N, Parameters<Operations[N]>[1]>

/** Pictures are given as they are, not in base64. */
type WithBlobs<N extends ApiName, T> = (typeof restRoutes)[N] extends {
  readonly pictures: infer F extends string
}
  ? {
      readonly [K in keyof T]: K extends F ? (T[K] extends string ? Blob : readonly Blob[]) : T[K]
    }
  : T

/** The gateway keeps the refresh token back: it travels in the cookie only. */
type WithoutRefreshToken<T> = T extends { readonly refreshToken: string } ? Omit<T, 'refreshToken'> : T
export type ApiReply<N extends ApiName> = WithoutRefreshToken<Awaited<ReturnType<Operations[N]>>>

/** One function per REST operation, named as in the contracts. Each throws `ClientError`. */
export type Api = {
  readonly [N in ApiName]: keyof ApiRequest<N> extends never
    ? (request?: ApiRequest<N>) => Promise<ApiReply<N>>
    : (request: ApiRequest<N>) => Promise<ApiReply<N>>
}
