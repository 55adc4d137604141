import type { DemoConversation } from '../conversation.ts'
import { emma } from './emma.ts'
import { family, mother } from './family.ts'
import { haneul } from './haneul.ts'
import { hikingClub } from './hiking-club.ts'
import { birthday, danielAndEmma, notes, seojun, yuna } from './small-rooms.ts'
import { studio } from './studio.ts'
import { studyGroup } from './study-group.ts'

/** Everything that is said in the demo. */
export const conversations: readonly DemoConversation[] = [
  notes,
  haneul,
  family,
  mother,
  emma,
  hikingClub,
  studyGroup,
  studio,
  birthday,
  seojun,
  yuna,
  danielAndEmma,
]
