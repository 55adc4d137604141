import type { RoomSummary } from '@our-now/contracts/rooms.ts'
import { Copy, Info, RotateCw, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../../shared/ui/confirm-dialog.tsx'
import type { MenuGroups } from '../../../shared/ui/menu.tsx'
import { useToast } from '../../../shared/ui/toast.tsx'
import { useRun } from '../../../shared/ui/use-run.ts'
import { useAppDispatch } from '../../../state/hooks.ts'
import { deleteMessage, discardSend, retrySend } from '../../../state/message-thunks.ts'
import type { MessageRow, PendingRow } from '../message-list/rows.ts'
import { copyText } from '../../../shared/copy-text.ts'
import { mayDelete } from './may-delete.ts'
import { MessageInfoDialog } from './message-info-dialog.tsx'

type Question = { readonly kind: 'delete' | 'info'; readonly row: MessageRow }

export interface MessageMenu {
  readonly groupsFor: (row: MessageRow | PendingRow | undefined) => MenuGroups
  readonly dialogs: ReactNode
}

/** What can be done with a message. `onClosed`: a dialog has been answered. */
export function useMessageMenu(room: RoomSummary, onClosed: () => void): MessageMenu {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const toast = useToast()
  const { run } = useRun()
  const [question, setQuestion] = useState<Question>()
  const close = () => {
    setQuestion(undefined)
    onClosed()
  }
  const copy = (text: string) => ({
    label: t('room.copy'),
    icon: Copy,
    onSelect: () => void copyText(text).then((isDone) => isDone && toast({ text: t('common.copied') })),
  })

  return {
    groupsFor: (row) => {
      if (row === undefined) return []
      if (row.kind === 'pending') {
        const { text, state, clientMessageId } = row.entry
        if (state !== 'failed') return [[copy(text)]]
        return [
          [
            copy(text),
            {
              label: t('room.retrySend'),
              icon: RotateCw,
              onSelect: () => void run(() => dispatch(retrySend(clientMessageId))),
            },
          ],
          [
            {
              label: t('room.discard'),
              icon: Trash2,
              isDangerous: true,
              onSelect: () => void run(() => dispatch(discardSend(clientMessageId))),
            },
          ],
        ]
      }
      const hasWords = row.message.deletedAt === undefined && row.message.call === undefined
      return [
        [
          ...(hasWords ? [copy(row.message.text)] : []),
          { label: t('room.info'), icon: Info, onSelect: () => setQuestion({ kind: 'info', row }) },
        ],
        mayDelete(row.message, row.isMine, Date.now())
          ? [
              {
                label: t('room.delete'),
                icon: Trash2,
                isDangerous: true,
                onSelect: () => setQuestion({ kind: 'delete', row }),
              },
            ]
          : [],
      ]
    },
    dialogs: (
      <>
        {question?.kind === 'delete' && (
          <ConfirmDialog
            isOpen
            onClose={close}
            title={t('room.deleteTitle')}
            description={t('room.deleteText')}
            confirmLabel={t('room.delete')}
            isDangerous
            onConfirm={async () => {
              const { roomId, seq } = question.row.message
              await run(() => dispatch(deleteMessage(roomId, seq)), t('room.deleteDone'))
            }}
          />
        )}
        {question?.kind === 'info' && <MessageInfoDialog room={room} row={question.row} onClose={close} />}
      </>
    ),
  }
}
