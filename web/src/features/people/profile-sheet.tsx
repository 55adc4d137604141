import {
  Ban,
  EyeOff,
  MessageCircle,
  MoreHorizontal,
  NotebookPen,
  Pencil,
  Star,
  UserMinus,
  UserPlus,
} from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAgo } from '../../shared/format/format-time.ts'
import { useLanguage } from '../../shared/i18n/use-language.ts'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { avatarColours } from '../../shared/ui/avatar-colours.ts'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { IconButton } from '../../shared/ui/icon-button.tsx'
import { Menu } from '../../shared/ui/menu.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useNow } from '../../shared/use-now.ts'
import { useAppDispatch, useAppSelector } from '../../state/hooks.ts'
import {
  selectBlock,
  selectMe,
  selectMyUserId,
  selectPresence,
  selectProfile,
} from '../../state/people-selectors.ts'
import { addFriend, loadUser, unblockUser } from '../../state/people-thunks.ts'
import { useWatchPresence } from '../../state/presence-watch.tsx'
import styles from './profile-sheet.module.css'
import { usePersonMenu } from './use-person-menu.tsx'

export interface ProfileSheetProps {
  readonly userId: string
  readonly onClose: () => void
  /** The 1:1 room with the person, or my own room when it is me. */
  readonly onOpenChat: (userId: string) => void
  readonly onEditProfile: () => void
}

/** A person, large: who they are and what one can do. */
export function ProfileSheet({ userId, onClose, onOpenChat, onEditProfile }: ProfileSheetProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { isBusy, run } = useRun()
  const isMe = useAppSelector(selectMyUserId) === userId
  const me = useAppSelector(selectMe)
  const known = useAppSelector((state) => selectProfile(state, userId))
  const friend = useAppSelector((state) => state.people.friends[userId])
  const block = useAppSelector((state) => selectBlock(state, userId))
  const profile = isMe ? me : known
  const menu = usePersonMenu({ onGone: onClose })
  useWatchPresence(!isMe && friend ? [userId] : [])
  useEffect(() => {
    // What is known is shown at once; a newer status message follows.
    if (!isMe) void dispatch(loadUser(userId)).catch(() => undefined)
  }, [dispatch, isMe, userId])
  if (!profile) return null

  const { from, to } = avatarColours(userId)
  const name = profile.displayName
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={name}
      shape="full"
      isTitleHidden
      className={styles['sheet'] ?? ''}
    >
      <div className={styles['cover']} style={{ '--from': from, '--to': to }} />
      {friend && (
        <div className={styles['corner']}>
          <IconButton
            icon={Star}
            label={t(friend.isFavourite ? 'people.favouriteOff' : 'people.favouriteOn')}
            aria-pressed={friend.isFavourite}
            isFilled={friend.isFavourite}
            className={friend.isFavourite ? (styles['favourite'] ?? '') : ''}
            onClick={() => menu.toggleFavourite(friend)}
          />
          <Menu
            align="start"
            trigger={<IconButton icon={MoreHorizontal} label={t('people.moreOfProfile', { name })} />}
            groups={[
              [
                ...(friend.isHidden
                  ? []
                  : [{ label: t('people.hide'), icon: EyeOff, onSelect: () => menu.hide(friend) }]),
                { label: t('people.remove'), icon: UserMinus, onSelect: () => menu.askToRemove(profile) },
                {
                  label: t('people.block'),
                  icon: Ban,
                  isDangerous: true,
                  onSelect: () => menu.askToBlock(profile),
                },
              ],
            ]}
          />
        </div>
      )}
      <div className={styles['person']}>
        <Avatar person={profile} size="xl" className={styles['avatar'] ?? ''} />
        <h2 className={styles['name']}>
          <bdi>{name}</bdi>
        </h2>
        <p className={styles['handle']}>@{profile.handle}</p>
        {!isMe && <PresenceLine userId={userId} />}
        {profile.statusMessage !== '' && (
          <p className={styles['status']} dir="auto">
            {profile.statusMessage}
          </p>
        )}
        {block && <p className={styles['blocked']}>{t('people.blockedNote')}</p>}
      </div>
      <div className={styles['buttons']}>
        {isMe ? (
          <>
            <ProfileButton
              label={t('people.selfChat')}
              icon={<NotebookPen size={22} />}
              onClick={() => onOpenChat(userId)}
            />
            <ProfileButton
              label={t('people.editProfile')}
              icon={<Pencil size={22} />}
              onClick={onEditProfile}
            />
          </>
        ) : (
          <>
            <ProfileButton
              label={t('people.chat')}
              icon={<MessageCircle size={22} />}
              onClick={() => onOpenChat(userId)}
            />
            {block ? (
              <Button
                variant="secondary"
                isBusy={isBusy}
                onClick={() => void run(() => dispatch(unblockUser(userId)), t('people.unblocked', { name }))}
              >
                {t('people.unblock')}
              </Button>
            ) : (
              !friend && (
                <>
                  <ProfileButton
                    label={t('people.addFriend')}
                    icon={<UserPlus size={22} />}
                    onClick={() => void run(() => dispatch(addFriend(userId)), t('people.added', { name }))}
                  />
                  <ProfileButton
                    label={t('people.block')}
                    icon={<Ban size={22} />}
                    onClick={() => menu.askToBlock(profile)}
                  />
                </>
              )
            )}
          </>
        )}
      </div>
      {menu.dialogs}
    </Dialog>
  )
}

interface ProfileButtonProps {
  readonly label: string
  readonly icon: ReactNode
  readonly onClick: () => void
}

const ProfileButton = ({ label, icon, onClick }: ProfileButtonProps) => (
  <button type="button" className={styles['button']} onClick={onClick}>
    <span className={styles['icon']} aria-hidden="true">
      {icon}
    </span>
    {label}
  </button>
)

function PresenceLine({ userId }: { readonly userId: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const nowMs = useNow()
  const presence = useAppSelector((state) => selectPresence(state, userId))
  if (presence?.status === 'online' || presence?.status === 'away')
    return (
      <p className={styles['presence']} data-status={presence.status}>
        {t(presence.status === 'online' ? 'common.presenceOnline' : 'common.presenceAway')}
      </p>
    )
  if (presence?.lastSeenAt === undefined) return null
  return (
    <p className={styles['presence']}>
      {t('common.lastSeen', { time: formatAgo(presence.lastSeenAt, nowMs, language) })}
    </p>
  )
}
