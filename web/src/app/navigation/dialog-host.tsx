import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { useAppNavigation } from './use-app-navigation.ts'

const AddFriendDialog = lazy(async () => ({
  default: (await import('../../features/people/add-friend-dialog.tsx')).AddFriendDialog,
}))
const ProfileSheet = lazy(async () => ({
  default: (await import('../../features/people/profile-sheet.tsx')).ProfileSheet,
}))
const NewChatDialog = lazy(async () => ({
  default: (await import('../../features/rooms/new-chat-dialog.tsx')).NewChatDialog,
}))
const NewVideoRoomDialog = lazy(async () => ({
  default: (await import('../../features/video-room/new-video-room-dialog.tsx')).NewVideoRoomDialog,
}))
const QuickSwitcher = lazy(async () => ({
  default: (await import('../../features/rooms/quick-switcher.tsx')).QuickSwitcher,
}))

/** Draws the dialog that the address asks for (`?dialog=…`, `?profile=…`). */
export function DialogHost() {
  const [params] = useSearchParams()
  const { closeDialog, openDialog, openRoom, openChat, go } = useAppNavigation()
  const profileId = params.get('profile')
  const dialog = params.get('dialog')
  return (
    <Suspense>
      {profileId !== null && (
        <ProfileSheet
          key={profileId}
          userId={profileId}
          onClose={closeDialog}
          onOpenChat={openChat}
          onEditProfile={() => go('/more/profile', true)}
        />
      )}
      {(dialog === 'add-friend' || dialog === 'find-friend') && (
        <AddFriendDialog
          start={dialog === 'find-friend' ? 'handle' : 'link'}
          onClose={closeDialog}
          onOpenChat={openChat}
        />
      )}
      {dialog === 'new-chat' && (
        <NewChatDialog
          onClose={closeDialog}
          onOpenRoom={openRoom}
          onAddFriend={() => openDialog('add-friend')}
          onNewVideoRoom={() => openDialog('new-video-room')}
        />
      )}
      {dialog === 'new-video-room' && <NewVideoRoomDialog onClose={closeDialog} onOpenRoom={openRoom} />}
      {dialog === 'switcher' && (
        <QuickSwitcher onClose={closeDialog} onOpenRoom={openRoom} onOpenChat={openChat} />
      )}
    </Suspense>
  )
}
