import { Type } from 'typebox'
import { createPageCursor, CursorId, CursorNumber } from '../paging/page-cursor.ts'

/** Place in a list of people by instant, newest first; people of one instant by id. */
export const newestFirstCursor = createPageCursor(Type.Tuple([CursorNumber, CursorId]))
