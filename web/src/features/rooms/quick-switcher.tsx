import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { matchesText } from '../../shared/format/match-text.ts'
import { otherMembers, roomTitle } from '../../shared/format/room-title.ts'
import { AvatarMosaic } from '../../shared/ui/avatar.tsx'
import { Badge } from '../../shared/ui/badge.tsx'
import { classNames } from '../../shared/ui/class-names.ts'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { useAppSelector } from '../../state/hooks.ts'
import { selectAllFriends, selectMyUserId } from '../../state/people-selectors.ts'
import { selectRoomList, unreadOf } from '../../state/room-selectors.ts'
import { matchesRoom } from './match-room.ts'
import styles from './quick-switcher.module.css'
import { useRoomWords } from '../../shared/format/use-room-words.ts'

const maxShown = 8

export interface QuickSwitcherProps {
  readonly onClose: () => void
  readonly onOpenRoom: (roomId: string) => void
  readonly onOpenChat: (userId: string) => void
}

/** Ctrl/Cmd+K: type a few letters, Enter, there. */
export function QuickSwitcher({ onClose, onOpenRoom, onOpenChat }: QuickSwitcherProps) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const inputRef = useRef<HTMLInputElement>(null)
  const listId = useId()
  const targets = useTargets(query)
  const index = Math.min(active, targets.length - 1)

  const go = (target: Target | undefined) => {
    if (!target) return
    if (target.kind === 'room') onOpenRoom(target.id)
    else onOpenChat(target.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setActive(Math.min(index + 1, targets.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(index - 1, 0))
    else if (event.key === 'Enter') go(targets[index])
    else return
    event.preventDefault()
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('rooms.switcher')}
      shape="sheet"
      initialFocus={inputRef}
      className={styles['dialog'] ?? ''}
    >
      <input
        ref={inputRef}
        className={styles['input']}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={index >= 0 ? `${listId}-${index}` : undefined}
        aria-label={t('rooms.switcherHint')}
        placeholder={t('rooms.switcherHint')}
        value={query}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setQuery(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the popup of a combobox (ARIA); <datalist> cannot be drawn */}
      <div id={listId} role="listbox" aria-label={t('rooms.switcher')} className={styles['list']}>
        {targets.map((target, at) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus -- the keys are the input's
          <div
            key={target.id}
            id={`${listId}-${at}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as the listbox
            role="option"
            aria-selected={at === index}
            className={classNames(styles['option'], at === index && styles['active'])}
            onClick={() => go(target)}
            onMouseMove={() => setActive(at)}
          >
            <AvatarMosaic people={target.people} size="sm" />
            <bdi className={styles['name']}>{target.title}</bdi>
            <span className={styles['kind']}>
              {target.kind === 'friend' ? t('rooms.switcherFriends') : ''}
            </span>
            <Badge count={target.unread} isQuiet={target.isMuted} />
          </div>
        ))}
        {targets.length === 0 && <p className={styles['none']}>{t('common.noResults')}</p>}
      </div>
    </Dialog>
  )
}

interface Target {
  readonly kind: 'room' | 'friend'
  readonly id: string
  readonly title: string
  readonly people: readonly { readonly userId: string; readonly displayName: string }[]
  readonly unread: number
  readonly isMuted: boolean
}

/** Rooms first, then friends without a 1:1 room among them. */
function useTargets(query: string): readonly Target[] {
  const words = useRoomWords()
  const myUserId = useAppSelector(selectMyUserId) ?? ''
  const rooms = useAppSelector(selectRoomList)
  const friends = useAppSelector(selectAllFriends)
  const { self, nobody } = words
  return useMemo(() => {
    const found = rooms.filter((room) => matchesRoom(room, myUserId, { self, nobody }, query))
    const spokenWith = new Set(
      rooms
        .filter((room) => room.kind === 'direct')
        .flatMap((room) => otherMembers(room, myUserId).map((member) => member.userId)),
    )
    const others = friends.filter(
      ({ profile }) => !spokenWith.has(profile.userId) && matchesText(profile.displayName, query),
    )
    return [
      ...found.map((room): Target => {
        return {
          kind: 'room',
          id: room.roomId,
          title: roomTitle(room, myUserId, { self, nobody }),
          people: otherMembers(room, myUserId),
          unread: unreadOf(room),
          isMuted: room.membership.isMuted,
        }
      }),
      ...others.map(({ profile }): Target => {
        const { userId, displayName } = profile
        return {
          kind: 'friend',
          id: userId,
          title: displayName,
          people: [profile],
          unread: 0,
          isMuted: false,
        }
      }),
    ].slice(0, maxShown)
  }, [rooms, friends, myUserId, self, nobody, query])
}
