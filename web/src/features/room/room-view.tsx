import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { roomTitle } from '../../shared/format/room-title.ts'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { useAppDispatch, useAppSelector } from '../../state/hooks.ts'
import { closeRoom, openRoom } from '../../state/open-room.ts'
import { selectMyUserId } from '../../state/people-selectors.ts'
import { selectRoom } from '../../state/room-selectors.ts'
import { Announcer } from './announcer/announcer.tsx'
import { Composer, hasKeyboard, type ComposerHandle } from './composer/composer.tsx'
import { createDrafts } from './composer/drafts.ts'
import { RoomDrawer } from './drawer/room-drawer.tsx'
import { CallBanner } from './header/call-banner.tsx'
import { RoomHeader } from './header/room-header.tsx'
import { MessageList, type MessageListHandle } from './message-list/message-list.tsx'
import styles from './room-view.module.css'
import { LobbyBanner } from './video-room/lobby-banner.tsx'

export interface RoomViewProps {
  /** A room of the list. The view is made anew for another room (`key`). */
  readonly roomId: string
  /** Whether the drawer is open, and whether it pushes the room aside or lies over it. */
  readonly drawer: 'closed' | 'beside' | 'over'
  readonly onDrawer: (isOpen: boolean) => void
  readonly onBack: () => void
  readonly onOpenProfile: (userId: string) => void
  readonly onOpenRoom: (roomId: string) => void
  readonly onLeft: () => void
}

/** One room: who is here, what was said, where to write, and beside it everything else about the room. */
export function RoomView({
  roomId,
  drawer,
  onDrawer,
  onBack,
  onOpenProfile,
  onOpenRoom,
  onLeft,
}: RoomViewProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const room = useAppSelector((state) => selectRoom(state, roomId))
  const myUserId = useAppSelector(selectMyUserId) ?? ''
  const drafts = useMemo(() => createDrafts(localStorage), [])
  const composerRef = useRef<ComposerHandle>(null)
  const listRef = useRef<MessageListHandle>(null)
  const isKnown = room !== undefined

  useEffect(() => {
    if (!isKnown) return undefined
    void dispatch(openRoom(roomId))
    return () => dispatch(closeRoom(roomId))
  }, [dispatch, roomId, isKnown])

  const toComposer = useCallback(() => composerRef.current?.focus(), [])
  const toNewest = useCallback(() => listRef.current?.toNewest(), [])
  // After the dialog has given the focus back to where it was. On a phone the keyboard would jump up.
  const backToWriting = useCallback(() => {
    if (hasKeyboard()) requestAnimationFrame(toComposer)
  }, [toComposer])
  const isOpen = drawer !== 'closed'
  const closeDrawer = () => {
    onDrawer(false)
    backToWriting()
  }
  if (!room) return null
  const title = roomTitle(room, myUserId, { self: t('rooms.self'), nobody: t('rooms.nobody') })
  const content = (
    <RoomDrawer
      room={room}
      myUserId={myUserId}
      title={title}
      onOpenProfile={onOpenProfile}
      onOpenRoom={onOpenRoom}
      onLeft={onLeft}
    />
  )

  return (
    <div className={styles['view']}>
      <section className={styles['room']} aria-label={title}>
        <RoomHeader
          room={room}
          myUserId={myUserId}
          title={title}
          isDrawerOpen={isOpen}
          onBack={onBack}
          onDrawer={() => (isOpen ? closeDrawer() : onDrawer(true))}
          onOpenProfile={onOpenProfile}
        />
        <CallBanner roomId={roomId} />
        <LobbyBanner room={room} />
        <MessageList
          ref={listRef}
          room={room}
          myUserId={myUserId}
          onOpenProfile={onOpenProfile}
          onEscape={toComposer}
          onDialogClosed={backToWriting}
        />
        <Composer ref={composerRef} room={room} title={title} drafts={drafts} onSent={toNewest} />
        <Announcer roomId={roomId} myUserId={myUserId} />
      </section>
      {drawer === 'beside' && (
        <aside className={styles['drawer']} aria-label={t('room.drawer')} data-region="drawer">
          {content}
        </aside>
      )}
      {drawer === 'over' && (
        <Dialog
          isOpen
          shape="full"
          title={t('room.drawer')}
          className={styles['over'] ?? ''}
          onClose={closeDrawer}
        >
          {content}
        </Dialog>
      )}
    </div>
  )
}
