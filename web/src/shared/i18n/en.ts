import { auth } from './en/auth.ts'
import { call } from './en/call.ts'
import { doctor } from './en/doctor.ts'
import { calls } from './en/calls.ts'
import { common, errors } from './en/common.ts'
import { face } from './en/face.ts'
import { lock } from './en/lock.ts'
import { people } from './en/people.ts'
import { room } from './en/room.ts'
import { rooms } from './en/rooms.ts'
import { secondFactor } from './en/second-factor.ts'
import { settings } from './en/settings.ts'
import { video } from './en/video.ts'
import type { Translation } from './translation.ts'

export const en: Translation = {
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
}
