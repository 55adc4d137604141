import { Type, type Static } from 'typebox'
import {
  Count,
  DeviceName,
  DisplayName,
  Empty,
  Handle,
  Instant,
  InviteCode,
  Password,
  SessionId,
  UserId,
  PageCursor,
} from './ids.ts'
import {
  FaceRefused,
  PendingToken,
  RecoveryCodes,
  SecondFactor,
  SecondFactorRequired,
  SecondFactorWay,
  TypedCode,
  TypedWay,
} from './auth/second-factor.ts'
import { frameBounds, shotBounds } from './vision/picture-bounds.ts'
import { Frame, uuidOf } from './vision/pictures.ts'
import { FaceChallenge, FaceSettings } from './vision/shapes.ts'
import { enrolmentErrors } from './vision.ts'
import type { ServiceApi, ServiceContract } from './service-contract.ts'

const strict = { additionalProperties: false } as const

export const RegistrationMode = Type.Union([
  Type.Literal('open'),
  Type.Literal('invite'),
  Type.Literal('closed'),
])
export type RegistrationMode = Static<typeof RegistrationMode>

export const Account = Type.Object(
  { userId: UserId, handle: Handle, isOperator: Type.Boolean(), createdAt: Instant },
  strict,
)
export type Account = Static<typeof Account>

/** What a person may know of a signed-in device of theirs. */
export const Session = Type.Object(
  {
    sessionId: SessionId,
    deviceName: DeviceName,
    createdAt: Instant,
    lastUsedAt: Instant,
    isCurrent: Type.Boolean(),
    /** The second factor that it was opened with; absent: the password alone. */
    secondFactor: Type.Optional(SecondFactorWay),
  },
  strict,
)
export type Session = Static<typeof Session>

const RefreshToken = Type.String({ maxLength: 128 })

/** The outcome of register, signIn, completeSignIn and refresh. The gateway moves `refreshToken` into the httpOnly cookie. */
export const SignedIn = Type.Object(
  {
    account: Account,
    sessionId: SessionId,
    accessToken: Type.String({ maxLength: 2048 }),
    accessTokenExpiresAt: Instant,
    refreshToken: RefreshToken,
    refreshTokenExpiresAt: Instant,
    /** The name typed at sign-up, so that the gateway can make the profile. */
    displayName: DisplayName,
  },
  strict,
)
export type SignedIn = Static<typeof SignedIn>

const RefreshRequest = Type.Object({ refreshToken: RefreshToken }, strict)

/** The typed password may be anything bounded: what is too short is simply wrong. */
const TypedPassword = Type.String({ minLength: 1, maxLength: 256 })
/** Of the operator who asks. */
const OperatorsPassword = TypedPassword
/** What was typed as id: anything bounded, so that a wrong shape answers like a wrong password. */
const TypedHandle = Type.String({ minLength: 1, maxLength: 64 })

export const authContract = {
  register: {
    summary: 'Makes an account and signs it in. The first account becomes the operator.',
    request: Type.Object(
      {
        handle: Handle,
        password: Password,
        displayName: DisplayName,
        deviceName: DeviceName,
        inviteCode: Type.Optional(InviteCode),
      },
      strict,
    ),
    reply: SignedIn,
    errors: [
      'handle_taken',
      'registration_closed',
      'invite_required',
      'password_too_common',
      'name_invalid',
      'rate_limited',
    ],
  },
  signIn: {
    summary: 'Signs in with id and password; where a second factor is on, begins signing in.',
    request: Type.Object({ handle: TypedHandle, password: TypedPassword, deviceName: DeviceName }, strict),
    reply: Type.Union([SignedIn, SecondFactorRequired]),
    errors: ['credentials_wrong', 'rate_limited'],
  },
  completeSignIn: {
    summary: 'The second step of signing in: a code of the app or a recovery code.',
    request: Type.Object({ pendingToken: PendingToken, way: TypedWay, code: TypedCode }, strict),
    reply: SignedIn,
    errors: ['second_factor_wrong', 'sign_in_ended', 'rate_limited'],
  },
  beginFaceStep: {
    summary: 'The second step of signing in by the camera: what to do before it.',
    request: Type.Object({ pendingToken: PendingToken }, strict),
    reply: FaceChallenge,
    errors: ['sign_in_ended', 'face_off', 'face_not_enrolled', 'face_locked', 'rate_limited'],
  },
  completeSignInByFace: {
    summary: 'The second step of signing in by the camera: what it saw, oldest first. Takes up to 10 s.',
    request: Type.Object(
      {
        pendingToken: PendingToken,
        challengeId: uuidOf('What `beginFaceStep` answered.'),
        frames: Type.Array(Frame, frameBounds),
      },
      strict,
    ),
    reply: Type.Union([SignedIn, FaceRefused]),
    errors: ['sign_in_ended', 'face_off', 'image_unreadable', 'image_too_large', 'rate_limited'],
  },
  refresh: {
    summary: 'Swaps a refresh token for its successor and a new access token.',
    request: RefreshRequest,
    reply: SignedIn,
    errors: ['session_ended'],
  },
  signOut: {
    summary: 'Ends the session of this refresh token. Repeating it is harmless.',
    request: RefreshRequest,
    reply: Empty,
  },
  listSessions: {
    isRepeatable: true,
    summary: "Lists one's own signed-in devices, most recently used first.",
    request: Empty,
    reply: Type.Object({ sessions: Type.Array(Session, { maxItems: 200 }) }, strict),
  },
  endSession: {
    summary: "Ends one of one's own sessions; its sockets close within a second.",
    request: Type.Object({ sessionId: SessionId }, strict),
    reply: Empty,
    errors: ['not_found'],
  },
  confirmPassword: {
    summary: 'Whether I know my password: what a locked screen asks.',
    request: Type.Object({ password: TypedPassword }, strict),
    reply: Empty,
    errors: ['credentials_wrong', 'rate_limited'],
  },
  changePassword: {
    summary: 'Changes the password and ends every other session.',
    request: Type.Object({ currentPassword: TypedPassword, newPassword: Password }, strict),
    reply: Empty,
    errors: ['credentials_wrong', 'password_too_common', 'rate_limited'],
  },
  getSecondFactor: {
    isRepeatable: true,
    summary: 'Whether signing in asks me for a second factor, and how many recovery codes are left.',
    request: Empty,
    reply: SecondFactor,
  },
  beginTotp: {
    summary:
      'Makes a secret for an authenticator app; it counts once a code of it was confirmed (15 minutes).',
    request: Type.Object({ password: TypedPassword }, strict),
    reply: Type.Object(
      {
        /** Base32, for typing. */
        secret: Type.String({ maxLength: 64 }),
        /** `otpauth://…`, for a QR code. */
        keyUri: Type.String({ maxLength: 512 }),
        expiresAt: Instant,
      },
      strict,
    ),
    errors: ['credentials_wrong', 'second_factor_on', 'rate_limited'],
  },
  confirmTotp: {
    summary:
      'Turns the second factor on with the first code of the app. The recovery codes are shown this once.',
    request: Type.Object({ code: TypedCode }, strict),
    reply: Type.Object({ recoveryCodes: RecoveryCodes }, strict),
    errors: ['second_factor_wrong', 'second_factor_on', 'second_factor_off'],
  },
  createRecoveryCodes: {
    summary: 'Ten new recovery codes, shown this once; those from before end.',
    request: Type.Object({ password: TypedPassword }, strict),
    reply: Type.Object({ recoveryCodes: RecoveryCodes }, strict),
    errors: ['credentials_wrong', 'second_factor_off', 'rate_limited'],
  },
  turnOffSecondFactor: {
    summary: 'The password alone signs in from now on. Repeating it changes nothing.',
    request: Type.Object({ password: TypedPassword }, strict),
    reply: Empty,
    errors: ['credentials_wrong', 'rate_limited'],
  },
  enrolFace: {
    summary:
      'Makes my face templates from several shots, in place of any from before: whoever enrols can sign in and unlock by it.',
    request: Type.Object({ password: TypedPassword, shots: Type.Array(Frame, shotBounds) }, strict),
    reply: FaceSettings,
    errors: ['credentials_wrong', ...enrolmentErrors],
  },
  getRegistration: {
    isRepeatable: true,
    summary: 'Says who may sign up here.',
    request: Empty,
    reply: Type.Object({ mode: RegistrationMode, hasAccounts: Type.Boolean() }, strict),
  },
  setRegistration: {
    summary: 'Operator: opens, restricts or closes registration.',
    request: Type.Object({ mode: RegistrationMode }, strict),
    reply: Empty,
    errors: ['forbidden'],
  },
  createRegistrationInvite: {
    summary: 'Operator: makes an invitation to sign up (7 days, limited uses).',
    request: Type.Object({ maxUses: Type.Integer({ minimum: 1, maximum: 1000 }) }, strict),
    reply: Type.Object({ code: InviteCode, expiresAt: Instant, maxUses: Count }, strict),
    errors: ['forbidden'],
  },
  listAccounts: {
    isRepeatable: true,
    summary: 'Operator: lists accounts by id.',
    request: Type.Object(
      { cursor: Type.Optional(PageCursor), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) },
      strict,
    ),
    reply: Type.Object(
      { accounts: Type.Array(Account, { maxItems: 200 }), nextCursor: Type.Optional(PageCursor) },
      strict,
    ),
    errors: ['forbidden'],
  },
  createPasswordReset: {
    summary: 'Operator: makes a reset code for an account (1 hour, one use).',
    request: Type.Object({ handle: TypedHandle, password: OperatorsPassword }, strict),
    reply: Type.Object({ code: InviteCode, expiresAt: Instant }, strict),
    errors: ['forbidden', 'credentials_wrong', 'user_not_found', 'rate_limited'],
  },
  redeemPasswordReset: {
    summary: 'Sets a new password by a reset code and ends every session of the account.',
    request: Type.Object({ code: InviteCode, newPassword: Password }, strict),
    reply: Empty,
    errors: ['invite_not_found', 'password_too_common', 'rate_limited'],
  },
  resetSecondFactor: {
    summary: 'Operator: turns an account’s second factor off, for somebody who lost every way through it.',
    request: Type.Object({ handle: TypedHandle, password: OperatorsPassword }, strict),
    reply: Type.Object({ wasOn: Type.Boolean() }, strict),
    errors: ['forbidden', 'credentials_wrong', 'user_not_found', 'rate_limited'],
  },
  listSigningKeys: {
    isRepeatable: true,
    summary: 'Between services: the public keys that access tokens are verified with.',
    request: Empty,
    reply: Type.Object(
      {
        keys: Type.Array(
          Type.Object({ kid: Type.String({ maxLength: 64 }), pem: Type.String({ maxLength: 4096 }) }, strict),
          {
            maxItems: 8,
          },
        ),
      },
      strict,
    ),
  },
  revokedSince: {
    isRepeatable: true,
    summary: 'Between services: sessions ended after a position. Gateways ask every 5 s.',
    request: Type.Object({ cursor: Count }, strict),
    reply: Type.Object(
      { cursor: Count, sessionIds: Type.Array(SessionId, { maxItems: 1000 }), more: Type.Boolean() },
      strict,
    ),
  },
} as const satisfies ServiceContract

export type AuthApi = ServiceApi<typeof authContract>
