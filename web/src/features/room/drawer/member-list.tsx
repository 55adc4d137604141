import type { Member, RoomSummary } from '@our-now/contracts/rooms.ts'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOfMany } from '../../../shared/format/is-of-many.ts'
import { Button } from '../../../shared/ui/button.tsx'
import { ConfirmDialog } from '../../../shared/ui/confirm-dialog.tsx'
import { RowSkeletons } from '../../../shared/ui/row-skeletons.tsx'
import { useRoving } from '../../../shared/ui/use-roving.ts'
import { useRun } from '../../../shared/ui/use-run.ts'
import { useAppDispatch, useAppSelector } from '../../../state/hooks.ts'
import { loadMembers, removeMember } from '../../../state/room-thunks.ts'
import { MemberRow } from './member-row.tsx'
import styles from './member-list.module.css'
import { sortMembers } from './sort-members.ts'

export interface MemberListProps {
  readonly room: RoomSummary
  readonly myUserId: string
  readonly onOpenProfile: (userId: string) => void
  readonly onInvite: () => void
}

/** Who is here: me first, then the owner, then the longest-standing. */
export function MemberList({ room, myUserId, onOpenProfile, onInvite }: MemberListProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { run } = useRun()
  const known = useAppSelector((state) => state.members.byRoom[room.roomId])
  const [leaving, setLeaving] = useState<Member>()
  const members = sortMembers(known?.members ?? [], myUserId)
  const roving = useRoving(members.map((member) => member.profile.userId))
  const mayRemove = isOfMany(room.kind) && room.membership.role === 'owner'
  const load = () => void run(() => dispatch(loadMembers(room.roomId)))

  return (
    <section className={styles['members']} aria-label={t('room.members', { count: room.memberCount })}>
      <h3 className={styles['heading']}>{t('room.members', { count: room.memberCount })}</h3>
      <button type="button" className={styles['invite']} onClick={onInvite}>
        <span className={styles['plus']} aria-hidden="true">
          <Plus size={20} />
        </span>
        {t('room.invite')}
      </button>
      {!known || (known.status === 'loading' && members.length === 0) ? (
        <RowSkeletons count={3} />
      ) : (
        <ul {...roving.listProps}>
          {members.map((member, index) => (
            <MemberRow
              key={member.profile.userId}
              member={member}
              isMe={member.profile.userId === myUserId}
              isGroup={isOfMany(room.kind)}
              mayRemove={mayRemove && member.profile.userId !== myUserId}
              tabIndex={roving.rowProps(member.profile.userId, index).tabIndex}
              onOpenProfile={onOpenProfile}
              onRemove={setLeaving}
            />
          ))}
        </ul>
      )}
      {known?.status === 'failed' && (
        <Button className={styles['load'] ?? ''} onClick={load}>
          {t('common.retry')}
        </Button>
      )}
      {known?.status === 'ready' && known.nextCursor !== undefined && (
        <Button className={styles['load'] ?? ''} onClick={load}>
          {t('room.loadMore')}
        </Button>
      )}
      {leaving && (
        <ConfirmDialog
          isOpen
          onClose={() => setLeaving(undefined)}
          title={t('room.removeTitle', { name: leaving.profile.displayName })}
          description={t('room.removeText')}
          confirmLabel={t('room.remove')}
          isDangerous
          onConfirm={async () => {
            const { userId, displayName } = leaving.profile
            await run(
              () => dispatch(removeMember(room.roomId, userId)),
              t('room.removeDone', { name: displayName }),
            )
          }}
        />
      )}
    </section>
  )
}
