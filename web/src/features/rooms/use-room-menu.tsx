import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { Bell, BellOff, DoorOpen, LogOut, Pencil, Pin, PinOff } from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isOfMany } from '../../shared/format/is-of-many.ts'
import { roomTitle } from '../../shared/format/room-title.ts'
import type { MenuGroups } from '../../shared/ui/menu-groups.ts'
import { useRun } from '../../shared/ui/use-run.ts'
import { useAppDispatch } from '../../state/hooks.ts'
import { leaveRoom, updateMembership } from '../../state/room-thunks.ts'
import { useRoomWords } from '../../shared/format/use-room-words.ts'

const RenameDialog = lazy(async () => ({ default: (await import('./rename-dialog.tsx')).RenameDialog }))
const ConfirmDialog = lazy(async () => ({
  default: (await import('../../shared/ui/confirm-dialog.tsx')).ConfirmDialog,
}))

export interface RoomMenu {
  readonly groupsFor: (room: RoomSummary) => MenuGroups
  /** Render this once where the menu is used. */
  readonly dialogs: ReactNode
}

type Question = { readonly kind: 'rename' | 'leave' | 'leave-quietly'; readonly room: RoomSummary }

/** The verbs about a room in the list. */
export function useRoomMenu(myUserId: string, onLeft: (roomId: string) => void): RoomMenu {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const words = useRoomWords()
  const { run } = useRun()
  const [question, setQuestion] = useState<Question>()
  const close = () => setQuestion(undefined)
  const change = (roomId: string, membership: { isPinned?: boolean; isMuted?: boolean }) =>
    void run(() => dispatch(updateMembership({ roomId, ...membership })))
  const isLeaving = question?.kind === 'leave' || question?.kind === 'leave-quietly'

  return {
    groupsFor: (room) => {
      const { isPinned, isMuted } = room.membership
      return [
        [
          ...(isOfMany(room.kind)
            ? [
                {
                  label: t('rooms.rename'),
                  icon: Pencil,
                  onSelect: () => setQuestion({ kind: 'rename', room }),
                },
              ]
            : []),
          {
            label: t(isPinned ? 'rooms.unpin' : 'rooms.pin'),
            icon: isPinned ? PinOff : Pin,
            onSelect: () => change(room.roomId, { isPinned: !isPinned }),
          },
          ...(room.kind === 'self'
            ? []
            : [
                {
                  label: t(isMuted ? 'rooms.unmute' : 'rooms.mute'),
                  icon: isMuted ? Bell : BellOff,
                  onSelect: () => change(room.roomId, { isMuted: !isMuted }),
                },
              ]),
        ],
        room.kind === 'self'
          ? []
          : [
              ...(isOfMany(room.kind)
                ? [
                    {
                      label: t('rooms.leaveQuietly'),
                      icon: DoorOpen,
                      onSelect: () => setQuestion({ kind: 'leave-quietly', room }),
                    },
                  ]
                : []),
              {
                label: t('rooms.leave'),
                icon: LogOut,
                isDangerous: true,
                onSelect: () => setQuestion({ kind: 'leave', room }),
              },
            ],
      ]
    },
    dialogs: (
      <Suspense>
        {question?.kind === 'rename' && <RenameDialog room={question.room} onClose={close} />}
        {question && isLeaving && (
          <ConfirmDialog
            isOpen
            onClose={close}
            title={t('rooms.leaveTitle', { name: roomTitle(question.room, myUserId, words) })}
            description={t(leaveText(question))}
            confirmLabel={t(question.kind === 'leave' ? 'rooms.leave' : 'rooms.leaveQuietly')}
            isDangerous
            onConfirm={async () => {
              const { roomId } = question.room
              const isQuiet = question.kind === 'leave-quietly'
              if (await run(() => dispatch(leaveRoom(roomId, isQuiet)), t('rooms.left'))) onLeft(roomId)
            }}
          />
        )}
      </Suspense>
    ),
  }
}

function leaveText({ kind, room }: Question) {
  if (room.kind === 'direct') return 'rooms.leaveDirectText'
  return kind === 'leave' ? 'rooms.leaveText' : 'rooms.leaveQuietText'
}
