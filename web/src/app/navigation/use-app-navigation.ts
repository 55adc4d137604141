import { useMemo } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { useToast } from '../../shared/ui/toast.tsx'
import { useAppDispatch } from '../../state/hooks.ts'
import { openDirectRoom } from '../../state/room-thunks.ts'
import { selectSelfRoomId } from './select-self-room.ts'
import type { AppThunk } from '../../state/app-thunk.ts'

/** Dialogs have an address, so that the back gesture closes them before it leaves the screen. */
type DialogName = 'add-friend' | 'find-friend' | 'new-chat' | 'new-video-room' | 'switcher' | 'drawer'

export interface AppNavigation {
  readonly openRoom: (roomId: string) => void
  /** The 1:1 room with a person; with oneself the note-to-self room. */
  readonly openChat: (userId: string) => void
  readonly openProfile: (userId: string) => void
  readonly openDialog: (dialog: DialogName) => void
  readonly closeDialog: () => void
  /** Back where one came from, or up to the given address when the app was opened here. */
  readonly backTo: (path: string) => void
  readonly go: (path: string, isReplacing?: boolean) => void
}

/** Marks history entries that only lay a dialog over the screen. */
interface DialogState {
  readonly isDialog: true
}
const dialogState: DialogState = { isDialog: true }

export function useAppNavigation(): AppNavigation {
  const navigate = useNavigate()
  const location = useLocation()
  const [params] = useSearchParams()
  const dispatch = useAppDispatch()
  const toast = useToast()
  const errorText = useErrorText()

  return useMemo(() => {
    const go = (path: string, isReplacing = false) => void navigate(path, { replace: isReplacing })
    const isDialogOpen = params.has('dialog') || params.has('profile')
    const openRoom = (roomId: string) => go(`/chats/${roomId}`, isDialogOpen)
    const overlay = (name: 'dialog' | 'profile', value: string) =>
      void navigate(
        { pathname: location.pathname, search: `?${new URLSearchParams({ [name]: value })}` },
        { state: dialogState, replace: isDialogOpen },
      )
    return {
      go,
      openRoom,
      openChat: (userId) => {
        dispatch(roomWith(userId)).then(openRoom, (error: unknown) =>
          toast({ text: errorText(error), isUrgent: true }),
        )
      },
      openProfile: (userId) => overlay('profile', userId),
      openDialog: (dialog) => overlay('dialog', dialog),
      closeDialog: () => {
        if (isDialogState(location.state)) void navigate(-1)
        else go(location.pathname, true)
      },
      backTo: (path) => {
        if (hasEarlierEntry()) void navigate(-1)
        else go(path, true)
      },
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- toast and errorText are new at every render and do the same
  }, [navigate, location, params, dispatch])
}

const roomWith =
  (userId: string): AppThunk<string> =>
  async (dispatch, getState) => {
    const selfRoomId = selectSelfRoomId(getState(), userId)
    return selfRoomId ?? (await dispatch(openDirectRoom(userId))).roomId
  }

const isDialogState = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'isDialog' in state

/** The router numbers its history entries; 0 is where the app was opened. */
function hasEarlierEntry(): boolean {
  const state: unknown = history.state
  return (
    typeof state === 'object' &&
    state !== null &&
    'idx' in state &&
    typeof state.idx === 'number' &&
    state.idx > 0
  )
}
