import type { Member } from '@our-now/contracts/rooms.ts'
import { Crown, MoreHorizontal, UserMinus, UserPlus, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../shared/ui/avatar.tsx'
import { IconButton } from '../../../shared/ui/icon-button.tsx'
import { Menu } from '../../../shared/ui/menu.tsx'
import { useRun } from '../../../shared/ui/use-run.ts'
import { useAppDispatch, useAppSelector } from '../../../state/hooks.ts'
import { selectBlock } from '../../../state/people-selectors.ts'
import { addFriend } from '../../../state/people-thunks.ts'
import styles from './member-list.module.css'

export interface MemberRowProps {
  readonly member: Member
  readonly isMe: boolean
  readonly isGroup: boolean
  readonly mayRemove: boolean
  readonly tabIndex: 0 | -1
  readonly onOpenProfile: (userId: string) => void
  readonly onRemove: (member: Member) => void
}

export function MemberRow(props: MemberRowProps) {
  const { member, isMe, isGroup, mayRemove, tabIndex, onOpenProfile, onRemove } = props
  const { profile } = member
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { isBusy, run } = useRun()
  const isFriend = useAppSelector((state) => state.people.friends[profile.userId] !== undefined)
  const isBlocked = useAppSelector((state) => selectBlock(state, profile.userId) !== undefined)
  const name = profile.displayName
  const add = () => void run(() => dispatch(addFriend(profile.userId)), t('people.added', { name }))
  return (
    <li className={styles['row']}>
      <button
        type="button"
        className={styles['person']}
        data-row={profile.userId}
        tabIndex={tabIndex}
        onClick={() => onOpenProfile(profile.userId)}
      >
        <Avatar person={profile} size="sm" />
        {isMe && <span className={styles['me']}>{t('common.you')}</span>}
        <bdi className={styles['who']}>{name}</bdi>
        {isGroup && member.role === 'owner' && (
          <Crown size={15} className={styles['owner']} aria-label={t('room.owner')} />
        )}
      </button>
      {!isMe && !isFriend && !isBlocked && (
        <IconButton
          icon={UserPlus}
          iconSize={18}
          label={t('room.addFriend', { name })}
          disabled={isBusy}
          onClick={add}
        />
      )}
      {mayRemove && (
        <Menu
          trigger={<IconButton icon={MoreHorizontal} iconSize={18} label={t('room.memberMenu', { name })} />}
          groups={[
            [
              {
                label: t('room.openProfile'),
                icon: UserRound,
                onSelect: () => onOpenProfile(profile.userId),
              },
            ],
            [
              {
                label: t('room.remove'),
                icon: UserMinus,
                isDangerous: true,
                onSelect: () => onRemove(member),
              },
            ],
          ]}
        />
      )}
    </li>
  )
}
