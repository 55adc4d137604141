import type { AuthApi } from '@our-now/contracts/auth.ts'
import type { Clock } from '@our-now/platform/clock/clock.ts'
import type { Database } from '@our-now/platform/database/database.ts'
import type { LeaseStore } from '@our-now/platform/lease-store/lease-store.ts'
import type { Logger } from '@our-now/platform/logging/logger.ts'
import { createListAccounts } from './accounts/list-accounts.ts'
import { createRegister } from './accounts/register.ts'
import type { AuthConfig } from './config.ts'
import { createChangePassword } from './passwords/change-password.ts'
import { createConfirmPassword } from './passwords/confirm-password.ts'
import { createCreatePasswordReset } from './passwords/create-password-reset.ts'
import { createPasswordHasher } from './passwords/password-hasher.ts'
import { createRedeemPasswordReset } from './passwords/redeem-password-reset.ts'
import { createVerifyPassword } from './passwords/verify-password.ts'
import { createCreateRegistrationInvite } from './registration/create-registration-invite.ts'
import { createGetRegistration } from './registration/get-registration.ts'
import { createSetRegistration } from './registration/set-registration.ts'
import { createBeginTotp } from './second-factor/begin-totp.ts'
import { createCompleteSignIn } from './second-factor/complete-sign-in.ts'
import { createConfirmTotp } from './second-factor/confirm-totp.ts'
import { createCreateRecoveryCodes } from './second-factor/create-recovery-codes.ts'
import { createBeginFaceStep, createCompleteSignInByFace } from './second-factor/face-step.ts'
import { createOffersFace, type Faces } from './second-factor/face-way.ts'
import { createFactorTries, createTakeTryOfDay } from './second-factor/factor-tries.ts'
import { createEnrolFace } from './second-factor/enrol-face.ts'
import { createGetSecondFactor } from './second-factor/get-second-factor.ts'
import { createResetSecondFactor } from './second-factor/reset-second-factor.ts'
import { createTurnOffSecondFactor } from './second-factor/turn-off-second-factor.ts'
import type { AnnounceEnded } from './sessions/end-sessions.ts'
import { createEndSession } from './sessions/end-session.ts'
import { createListSessions } from './sessions/list-sessions.ts'
import { createOpenSession } from './sessions/open-session.ts'
import { createRefresh } from './sessions/refresh-session.ts'
import { createRevokedSince } from './sessions/revoked-since.ts'
import { createSignIn } from './sessions/sign-in.ts'
import { createSignOut } from './sessions/sign-out.ts'
import { createToSignedIn } from './sessions/to-signed-in.ts'
import { createAddressThrottle } from './throttle/address-throttle.ts'
import { createAttemptThrottle } from './throttle/attempt-throttle.ts'
import type { KeyRing } from './tokens/key-ring.ts'
import { createListSigningKeys } from './tokens/list-signing-keys.ts'

interface AuthApiDeps {
  readonly database: Database
  readonly leaseStore: LeaseStore
  readonly clock: Clock
  readonly log: Logger
  readonly config: AuthConfig
  readonly keys: KeyRing
  readonly announceEnded: AnnounceEnded
  /** Undefined: no vision service. */
  readonly faces: Faces | undefined
}

/** Every operation of the contract with its own dependencies: read it as the service's table of contents. */
export function createAuthApi(deps: AuthApiDeps): AuthApi {
  const { database, leaseStore, clock, log, config, keys, announceEnded, faces } = deps
  const lifetimes = {
    accessMs: config.authAccessTokenTtlMs,
    refreshMs: config.authRefreshTokenTtlMs,
    sessionMs: config.authSessionTtlMs,
    repeatMs: config.authRefreshRepeatMs,
  }
  const hasher = createPasswordHasher({
    concurrency: config.authHashConcurrency,
    maxWaiting: config.authHashMaxWaiting,
  })
  const slowDown = (purpose: string) =>
    createAttemptThrottle(purpose, {
      leaseStore,
      clock,
      policy: { freeFailures: config.authFreeFailuresPerAccount, maxDelayMs: config.authMaxFailureDelayMs },
    })
  const verifyPasswordFor = (purpose: string) => createVerifyPassword(hasher, slowDown(purpose))
  const takeTryOfDay = createTakeTryOfDay(leaseStore, config.authSecondFactorTriesPerDay)
  const factorTries = createFactorTries({
    beginAttemptAt: { totp: slowDown('second-factor'), recovery: slowDown('recovery') },
    takeTryOfDay,
  })
  const throttleTries = createAddressThrottle(leaseStore, 'tries', config.authTriesPerAddressPerMinute)
  const throttleRegistrations = createAddressThrottle(
    leaseStore,
    'registrations',
    config.authRegistrationsPerAddressPerMinute,
  )
  const confirmPassword = createConfirmPassword({
    database,
    throttleAddress: throttleTries,
    verifyPassword: verifyPasswordFor('confirm-password'),
  })
  const openSession = createOpenSession({ keys, lifetimes, maxSessions: config.authMaxSessionsPerAccount })
  const toSignedIn = createToSignedIn(keys, lifetimes.accessMs)
  const sessionDeps = { database, clock, openSession, announceEnded, toSignedIn }
  const faceStep = { ...sessionDeps, throttleAddress: throttleTries, takeTryOfDay, faces }

  return {
    register: createRegister({
      database,
      clock,
      hasher,
      throttleAddress: throttleRegistrations,
      openSession,
      toSignedIn,
    }),
    signIn: createSignIn({
      ...sessionDeps,
      hasher,
      throttleAddress: throttleTries,
      verifyPassword: verifyPasswordFor('sign-in'),
      offersFace: createOffersFace(faces, { clock, log }),
    }),
    completeSignIn: createCompleteSignIn({
      ...sessionDeps,
      keys,
      throttleAddress: throttleTries,
      factorTries,
    }),
    beginFaceStep: createBeginFaceStep(faceStep),
    completeSignInByFace: createCompleteSignInByFace(faceStep),
    refresh: createRefresh({ database, clock, log, keys, lifetimes, announceEnded, toSignedIn }),
    signOut: createSignOut({ database, clock, keys, announceEnded }),
    listSessions: createListSessions(database, clock),
    endSession: createEndSession({ database, clock, announceEnded }),
    confirmPassword: async (context, { password }) => {
      await confirmPassword(context, password)
      return {}
    },
    changePassword: createChangePassword({
      database,
      clock,
      hasher,
      confirmPassword,
      announceEnded,
    }),
    getSecondFactor: createGetSecondFactor(database),
    beginTotp: createBeginTotp({ database, clock, keys, confirmPassword }),
    confirmTotp: createConfirmTotp({ database, clock, log, keys }),
    createRecoveryCodes: createCreateRecoveryCodes({ database, log, keys, confirmPassword }),
    turnOffSecondFactor: createTurnOffSecondFactor({ database, log, confirmPassword }),
    enrolFace: createEnrolFace({ confirmPassword, faces }),
    getRegistration: createGetRegistration(database),
    setRegistration: createSetRegistration(database, log),
    createRegistrationInvite: createCreateRegistrationInvite(database, clock),
    listAccounts: createListAccounts(database),
    createPasswordReset: createCreatePasswordReset({ database, clock, log, confirmPassword }),
    redeemPasswordReset: createRedeemPasswordReset({
      database,
      clock,
      log,
      hasher,
      throttleAddress: throttleTries,
      announceEnded,
    }),
    resetSecondFactor: createResetSecondFactor({ database, log, confirmPassword }),
    listSigningKeys: createListSigningKeys(keys),
    revokedSince: createRevokedSince(database),
  }
}
