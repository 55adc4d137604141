/**
 * Every code that may leave the product, in REST (problem+json `code`) and in socket acknowledgements alike.
 * `status` is the HTTP status; `retryable` says that the same request may succeed later without a change.
 */
export const errorCodes = {
  invalid_request: { status: 400, retryable: false, title: 'The request does not have the expected form.' },
  message_empty: { status: 400, retryable: false, title: 'A message needs some text.' },
  message_too_long: { status: 400, retryable: false, title: 'A message holds at most 10,000 characters.' },
  name_invalid: { status: 400, retryable: false, title: 'This name is empty or too long.' },
  password_too_common: { status: 400, retryable: false, title: 'This password is too common.' },
  cannot_target_self: { status: 400, retryable: false, title: 'This cannot be done to oneself.' },
  image_unreadable: { status: 422, retryable: false, title: 'This is not a picture that can be read here.' },
  image_too_large: { status: 422, retryable: false, title: 'This picture has too many pixels.' },
  face_missing: { status: 422, retryable: false, title: 'There is no face to be seen.' },
  faces_several: { status: 422, retryable: false, title: 'There is more than one face.' },
  face_too_small: { status: 422, retryable: false, title: 'The face is too small.' },
  face_cut_off: { status: 422, retryable: false, title: 'Part of the face is outside the picture.' },
  face_turned: { status: 422, retryable: false, title: 'The face is turned too far away.' },
  face_too_dark: { status: 422, retryable: false, title: 'The face is too dark.' },
  face_too_bright: { status: 422, retryable: false, title: 'The face is too bright.' },
  face_blurred: { status: 422, retryable: false, title: 'The face is not sharp.' },
  eyes_closed: { status: 422, retryable: false, title: 'The eyes are closed.' },
  faces_differ: { status: 422, retryable: false, title: 'The shots do not show the same person.' },
  shots_alike: { status: 422, retryable: false, title: 'The shots are copies of one.' },
  unauthenticated: { status: 401, retryable: false, title: 'Sign in first.' },
  token_expired: { status: 401, retryable: false, title: 'The access token has expired.' },
  session_ended: { status: 401, retryable: false, title: 'This device was signed out.' },
  credentials_wrong: { status: 401, retryable: false, title: 'The id or the password is wrong.' },
  second_factor_wrong: {
    status: 401,
    retryable: false,
    title: 'This code is wrong, or it was used already.',
  },
  sign_in_ended: {
    status: 401,
    retryable: false,
    title: 'This sign-in took too long or had too many wrong codes: type the password again.',
  },
  origin_refused: { status: 403, retryable: false, title: 'This origin may not use the service.' },
  forbidden: { status: 403, retryable: false, title: 'You may not do this.' },
  registration_closed: { status: 403, retryable: false, title: 'New accounts are not open here.' },
  invite_required: { status: 403, retryable: false, title: 'A valid invitation is needed to sign up.' },
  face_off: { status: 403, retryable: false, title: 'Face features are not turned on here.' },
  consent_required: { status: 403, retryable: false, title: 'This needs your consent first.' },
  tagging_off: { status: 403, retryable: false, title: 'Tagging is not on in this room.' },
  tag_refused: { status: 403, retryable: false, title: 'This person does not want to be tagged.' },
  not_found: { status: 404, retryable: false, title: 'There is no such thing.' },
  user_not_found: { status: 404, retryable: false, title: 'There is no such person.' },
  room_not_found: { status: 404, retryable: false, title: 'There is no such room.' },
  call_not_found: { status: 404, retryable: false, title: 'There is no such call, or not any more.' },
  message_not_found: { status: 404, retryable: false, title: 'There is no such message.' },
  invite_not_found: { status: 404, retryable: false, title: 'This invitation does not exist or has ended.' },
  handle_taken: { status: 409, retryable: false, title: 'This id is taken.' },
  conflict: { status: 409, retryable: false, title: 'The same id was used for something else.' },
  room_full: { status: 409, retryable: false, title: 'This room has as many members as it may have.' },
  call_full: { status: 409, retryable: false, title: 'This call has as many people as it may have.' },
  call_ended: { status: 409, retryable: false, title: 'The call has ended.' },
  call_removed: { status: 403, retryable: false, title: 'The host took you out of this call.' },
  callee_busy: { status: 409, retryable: false, title: 'This person is in another call.' },
  room_is_direct: { status: 409, retryable: false, title: 'A 1:1 room cannot do this.' },
  blocked: { status: 409, retryable: false, title: 'You have blocked this person.' },
  second_factor_on: { status: 409, retryable: false, title: 'The second step is on already.' },
  second_factor_off: { status: 409, retryable: false, title: 'The second step is not set up.' },
  consent_outdated: { status: 409, retryable: false, title: 'The text has changed: read it again.' },
  face_not_enrolled: { status: 409, retryable: false, title: 'No face is enrolled.' },
  delete_too_late: {
    status: 409,
    retryable: false,
    title: 'Messages can be deleted for everyone for 24 hours.',
  },
  too_large: { status: 413, retryable: false, title: 'The request is too large.' },
  rate_limited: { status: 429, retryable: true, title: 'Too many requests: wait a moment.' },
  face_locked: { status: 429, retryable: false, title: 'Too many tries by face: use another way.' },
  internal: { status: 500, retryable: false, title: 'Something went wrong on our side.' },
  unavailable: { status: 503, retryable: true, title: 'Not available at the moment.' },
  calls_unavailable: {
    status: 503,
    retryable: false,
    title: 'Calls are not set up on this server: the media worker is missing.',
  },
  overloaded: { status: 503, retryable: true, title: 'Busy at the moment.' },
  storage_full: { status: 503, retryable: true, title: 'The server has no space left.' },
  timeout: { status: 504, retryable: true, title: 'No answer in time; the outcome is unknown.' },
} as const satisfies Record<string, { status: number; retryable: boolean; title: string }>

export type ErrorCode = keyof typeof errorCodes

/** What travels when something fails: over REST as problem+json members, over the socket inside `Reply`. */
export interface Failure {
  readonly code: ErrorCode
  /** A sentence for the person using the app; no ids, no internals. */
  readonly message: string
  /** With `rate_limited`, `overloaded`, `unavailable`: wait this long before trying again. */
  readonly retryAfterMs?: number
  /** With `invalid_request`: JSON pointer of the first offending field. */
  readonly field?: string
}

/** The one answer to a command or a service call. */
export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }
