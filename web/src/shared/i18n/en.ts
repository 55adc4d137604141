import { auth } from './en/auth.ts'
import { common, errors } from './en/common.ts'
import { face } from './en/face.ts'
import { people } from './en/people.ts'
import { room } from './en/room.ts'
import { rooms } from './en/rooms.ts'
import { settings } from './en/settings.ts'
import type { Translation } from './translation.ts'

export const en: Translation = { common, errors, auth, people, rooms, room, settings, face }
