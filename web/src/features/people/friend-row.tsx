import type { Friend, Profile } from '@our-now/contracts/people.ts'
import { MoreVertical } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar, type AvatarSize } from '../../shared/ui/avatar.tsx'
import { IconButton } from '../../shared/ui/icon-button.tsx'
import row from '../../shared/ui/row.module.css'
import type { RowMenu } from '../../shared/ui/use-row-menu.tsx'
import type { MenuGroups } from '../../shared/ui/menu-groups.ts'
import { useAppSelector } from '../../state/hooks.ts'
import { selectPresence } from '../../state/people-selectors.ts'

export interface PersonRowProps {
  readonly person: Profile
  readonly size?: AvatarSize
  readonly detail?: string
  /** Before the name is read out. */
  readonly presence?: 'online' | 'away' | 'offline' | undefined
  readonly rowProps?: { readonly tabIndex: 0 | -1; readonly 'data-row': string }
  readonly onSelect: () => void
  readonly end?: ReactNode
}

/** Picture, name, one line: anybody in a list. */
export function PersonRow({
  person,
  size = 'md',
  detail,
  presence,
  rowProps,
  onSelect,
  end,
}: PersonRowProps) {
  const { t } = useTranslation()
  const shownDetail = detail ?? person.statusMessage
  const presenceWord =
    presence === 'online'
      ? t('common.presenceOnline')
      : presence === 'away'
        ? t('common.presenceAway')
        : undefined
  return (
    <>
      <button type="button" className={row['main']} {...rowProps} onClick={onSelect}>
        <Avatar person={person} size={size} presence={presence} />
        <span className={row['words']}>
          <span className={row['title']} title={presenceWord}>
            <bdi>{person.displayName}</bdi>
            {presenceWord !== undefined && <span className="visually-hidden">, {presenceWord}</span>}
          </span>
          {shownDetail !== '' && (
            <span className={row['detail']} dir="auto">
              {shownDetail}
            </span>
          )}
        </span>
      </button>
      {end !== undefined && <span className={row['end']}>{end}</span>}
    </>
  )
}

export interface FriendRowProps {
  readonly friend: Friend
  readonly groupsFor: (friend: Friend) => MenuGroups
  readonly menu: Pick<RowMenu, 'rowHandlers' | 'openBeside'>
  readonly tabIndex: 0 | -1
  readonly onOpenProfile: (userId: string) => void
  /** Tells that the row is on screen. */
  readonly observe: Ref<HTMLDivElement>
}

export function FriendRow({ friend, groupsFor, menu, tabIndex, onOpenProfile, observe }: FriendRowProps) {
  const { t } = useTranslation()
  const { profile } = friend
  const presence = useAppSelector((state) => selectPresence(state, profile.userId)?.status)
  return (
    <div
      ref={observe}
      className={row['row']}
      data-user={profile.userId}
      {...menu.rowHandlers(() => groupsFor(friend))}
    >
      <PersonRow
        person={profile}
        presence={presence}
        rowProps={{ tabIndex, 'data-row': profile.userId }}
        onSelect={() => onOpenProfile(profile.userId)}
      />
      <IconButton
        icon={MoreVertical}
        iconSize={18}
        label={t('people.rowMenu', { name: profile.displayName })}
        className={row['menu'] ?? ''}
        tabIndex={-1}
        aria-haspopup="menu"
        onClick={(event) => menu.openBeside(event.currentTarget, groupsFor(friend))}
      />
    </div>
  )
}
