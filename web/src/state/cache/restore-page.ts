import type { AppThunk } from '../app-thunk.ts'
import { pageRestored } from '../messages-slice.ts'
import type { RoomCache } from './room-cache.ts'

/** Shows the last lines that this device kept of the room. Answers whether there were any. */
export const restorePage =
  (roomId: string, cache: RoomCache | undefined): AppThunk<boolean> =>
  async (dispatch) => {
    const page = await cache?.loadPage(roomId)
    if (!page || page.lines.length === 0) return false
    dispatch(pageRestored(page))
    return true
  }
