import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useAppNavigation } from '../navigation/use-app-navigation.ts'
import { useMediaQuery } from '../../shared/use-media-query.ts'

const storageKey = 'our-now.drawer'

export interface RoomDrawerState {
  readonly drawer: 'closed' | 'beside' | 'over'
  readonly onDrawer: (isOpen: boolean) => void
}

/**
 * The room's drawer. Where there is space it stands beside the room and stays as it was left on this device; elsewhere it
 * lies over the room and has an address, so that the back gesture closes it first.
 */
export function useRoomDrawer(): RoomDrawerState {
  const isWide = useMediaQuery('(min-width: 1180px)')
  const [params] = useSearchParams()
  const { openDialog, closeDialog } = useAppNavigation()
  const [isBeside, setBeside] = useState(() => localStorage.getItem(storageKey) === 'open')
  if (isWide)
    return {
      drawer: isBeside ? 'beside' : 'closed',
      onDrawer: (isOpen) => {
        setBeside(isOpen)
        if (isOpen) localStorage.setItem(storageKey, 'open')
        else localStorage.removeItem(storageKey)
      },
    }
  return {
    drawer: params.get('dialog') === 'drawer' ? 'over' : 'closed',
    onDrawer: (isOpen) => (isOpen ? openDialog('drawer') : closeDialog()),
  }
}
