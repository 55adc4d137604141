import type { RootState } from '../../state/store.ts'

/** My note-to-self room, if the person is me and the room is known. */
export function selectSelfRoomId(state: RootState, userId: string): string | undefined {
  if (state.session.status !== 'signed-in' || state.session.account.userId !== userId) return undefined
  return Object.values(state.rooms.rooms).find((room) => room.kind === 'self')?.roomId
}
