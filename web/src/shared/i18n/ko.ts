import { auth } from './ko/auth.ts'
import { call } from './ko/call.ts'
import { doctor } from './ko/doctor.ts'
import { calls } from './ko/calls.ts'
import { common, errors } from './ko/common.ts'
import { face } from './ko/face.ts'
import { lock } from './ko/lock.ts'
import { people } from './ko/people.ts'
import { room } from './ko/room.ts'
import { rooms } from './ko/rooms.ts'
import { secondFactor } from './ko/second-factor.ts'
import { settings } from './ko/settings.ts'
import { video } from './ko/video.ts'

/** 우리말. The keys here are the keys of every language. */
export const ko = {
  common,
  errors,
  auth,
  people,
  rooms,
  room,
  call,
  calls,
  doctor,
  face,
  lock,
  secondFactor,
  settings,
  video,
} as const
