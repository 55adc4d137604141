import { SignedIn } from '@our-now/contracts/auth.ts'
import { FaceRefused, SecondFactorRequired } from '@our-now/contracts/auth/second-factor.ts'
import type { ChatApi } from '@our-now/contracts/chat.ts'
import type { CallContext } from '@our-now/contracts/service-contract.ts'
import { checkValue } from '@our-now/platform/validation/check-value.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type, type Static } from 'typebox'
import { preferredLanguage } from './preferred-language.ts'
import type { RefreshCookie } from './refresh-cookie.ts'

const NotYet = Type.Union([SecondFactorRequired, FaceRefused])
type NotYet = Static<typeof NotYet>

/** What an outcome of register, signIn, completeSignIn or refresh looks like outside: the refresh token goes into its cookie. */
type ToSignInReply = (
  signedIn: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  context: CallContext,
) => Promise<Omit<SignedIn, 'refreshToken'> | NotYet>

/**
 * The account belongs to auth, the profile to chat: after each sign-up and sign-in the gateway makes sure that both
 * are there, so that a sign-up that broke in between is whole after the next sign-in.
 */
export function createToSignInReply({
  chat,
  cookie,
}: {
  chat: Pick<ChatApi, 'ensureProfile'>
  cookie: RefreshCookie
}) {
  const toReply = (signedIn: unknown, reply: FastifyReply): Omit<SignedIn, 'refreshToken'> => {
    const { refreshToken, ...shown } = checkValue(SignedIn, signedIn)
    cookie.set(reply, refreshToken, shown.refreshTokenExpiresAt)
    return shown
  }
  const withProfile: ToSignInReply = async (signedIn, request, reply, context) => {
    const { account, displayName } = checkValue(SignedIn, signedIn)
    const locale = preferredLanguage(request.headers['accept-language'])
    await chat.ensureProfile(
      { ...context, userId: account.userId },
      {
        userId: account.userId,
        handle: account.handle,
        displayName,
        ...(locale === undefined ? {} : { locale }),
      },
    )
    return toReply(signedIn, reply)
  }
  /** A second factor is still to come, or was refused: no session, so no cookie and no profile yet. */
  const signedInOrNot: ToSignInReply = async (outcome, ...rest) =>
    isNotYet(outcome) ? checkValue(NotYet, outcome) : withProfile(outcome, ...rest)
  const refreshed: ToSignInReply = async (signedIn, _request, reply) => toReply(signedIn, reply)
  return {
    register: withProfile,
    signIn: signedInOrNot,
    completeSignIn: withProfile,
    completeSignInByFace: signedInOrNot,
    refresh: refreshed,
  }
}

/** Only what is no session has a status. */
const isNotYet = (outcome: unknown): boolean =>
  typeof outcome === 'object' && outcome !== null && 'status' in outcome
