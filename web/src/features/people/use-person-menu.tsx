import type { Friend, Profile } from '@our-now/contracts/people.ts'
import { Ban, EyeOff, MessageCircle, Star, StarOff, UserMinus, UserRound } from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MenuGroups } from '../../shared/ui/menu-groups.ts'
import { useToast } from '../../shared/ui/toast.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useAppDispatch } from '../../state/hooks.ts'
import { removeFriend, updateFriend } from '../../state/people-thunks.ts'

const BlockDialog = lazy(async () => ({ default: (await import('./block-dialog.tsx')).BlockDialog }))
const ConfirmDialog = lazy(async () => ({
  default: (await import('../../shared/ui/confirm-dialog.tsx')).ConfirmDialog,
}))

export interface PersonMenu {
  /** What can be done with a friend, for a menu. */
  readonly groupsFor: (friend: Friend) => MenuGroups
  readonly toggleFavourite: (friend: Friend) => void
  readonly hide: (friend: Friend) => void
  readonly askToRemove: (person: Profile) => void
  readonly askToBlock: (person: Profile) => void
  /** Render this once where the menu is used. */
  readonly dialogs: ReactNode
}

export interface PersonMenuOptions {
  readonly onOpenProfile?: (userId: string) => void
  readonly onOpenChat?: (userId: string) => void
  /** After the person was taken off the list or blocked. */
  readonly onGone?: () => void
}

/** The verbs about a friend, with the questions that some of them ask first. */
export function usePersonMenu({ onOpenProfile, onOpenChat, onGone }: PersonMenuOptions): PersonMenu {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const toast = useToast()
  const { run } = useRun()
  const [question, setQuestion] = useState<{ readonly kind: 'remove' | 'block'; readonly person: Profile }>()
  const close = () => setQuestion(undefined)

  const setHidden = (userId: string, isHidden: boolean) =>
    run(() => dispatch(updateFriend({ userId, isHidden })))
  const hide = async ({ profile }: Friend) => {
    if (!(await setHidden(profile.userId, true))) return
    toast({
      text: t('people.hidden', { name: profile.displayName }),
      action: { label: t('people.undo'), onSelect: () => void setHidden(profile.userId, false) },
    })
  }
  const toggleFavourite = ({ profile, isFavourite }: Friend) =>
    void run(() => dispatch(updateFriend({ userId: profile.userId, isFavourite: !isFavourite })))

  return {
    toggleFavourite,
    hide: (friend) => void hide(friend),
    askToRemove: (person) => setQuestion({ kind: 'remove', person }),
    askToBlock: (person) => setQuestion({ kind: 'block', person }),
    groupsFor: (friend) => {
      const { profile, isFavourite } = friend
      return [
        [
          ...(onOpenChat
            ? [{ label: t('people.chat'), icon: MessageCircle, onSelect: () => onOpenChat(profile.userId) }]
            : []),
          ...(onOpenProfile
            ? [
                {
                  label: t('people.viewProfile'),
                  icon: UserRound,
                  onSelect: () => onOpenProfile(profile.userId),
                },
              ]
            : []),
          {
            label: t(isFavourite ? 'people.favouriteOff' : 'people.favouriteOn'),
            icon: isFavourite ? StarOff : Star,
            onSelect: () => toggleFavourite(friend),
          },
        ],
        [
          { label: t('people.hide'), icon: EyeOff, onSelect: () => void hide(friend) },
          {
            label: t('people.remove'),
            icon: UserMinus,
            onSelect: () => setQuestion({ kind: 'remove', person: profile }),
          },
          {
            label: t('people.block'),
            icon: Ban,
            isDangerous: true,
            onSelect: () => setQuestion({ kind: 'block', person: profile }),
          },
        ],
      ]
    },
    dialogs: (
      <Suspense>
        {question?.kind === 'block' && (
          <BlockDialog person={question.person} onClose={close} onBlocked={onGone} />
        )}
        {question?.kind === 'remove' && (
          <ConfirmDialog
            isOpen
            onClose={close}
            title={t('people.removeTitle', { name: question.person.displayName })}
            description={t('people.removeText')}
            confirmLabel={t('people.remove')}
            isDangerous
            onConfirm={async () => {
              const { userId } = question.person
              if (await run(() => dispatch(removeFriend(userId)), t('people.removed'))) onGone?.()
            }}
          />
        )}
      </Suspense>
    ),
  }
}
