import type { RelationToUser } from '@our-now/contracts/chat.ts'
import { codeOf } from '@our-now/client/client-error.ts'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useAppDispatch, useAppSelector, useClient } from '../../state/hooks.ts'
import { selectMyUserId } from '../../state/people-selectors.ts'
import { acceptFriendInvite } from '../../state/people-thunks.ts'
import styles from './friend-invite-screen.module.css'

export interface FriendInviteScreenProps {
  readonly code: string
  readonly onOpenChat: (userId: string) => void
  readonly onLeave: () => void
}

/** An opened friend link: whose it is, and one button. */
export function FriendInviteScreen({ code, onOpenChat, onLeave }: FriendInviteScreenProps) {
  const { t } = useTranslation()
  const client = useClient()
  const errorText = useErrorText()
  const [relation, setRelation] = useState<RelationToUser>()
  const [failure, setFailure] = useState<unknown>()
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    let isWanted = true
    client.api.findFriendInvite({ code }).then(
      (found) => isWanted && setRelation(found),
      (error: unknown) => isWanted && setFailure(error),
    )
    return () => {
      isWanted = false
    }
  }, [client, code, attempt])

  return (
    <main className={styles['page']}>
      {failure !== undefined ? (
        <EmptyState
          isError
          action={
            codeOf(failure) === 'invite_not_found' || codeOf(failure) === 'invalid_request' ? (
              <Button onClick={onLeave}>{t('common.goHome')}</Button>
            ) : (
              <Button
                onClick={() => {
                  setFailure(undefined)
                  setAttempt(attempt + 1)
                }}
              >
                {t('common.retry')}
              </Button>
            )
          }
        >
          {codeOf(failure) === 'invalid_request' ? t('errors.invite_not_found') : errorText(failure)}
        </EmptyState>
      ) : relation === undefined ? (
        <div className={styles['card']} aria-busy="true" aria-label={t('common.loading')}>
          <Skeleton shape="squircle" width="var(--avatar-xl)" height="var(--avatar-xl)" />
          <Skeleton width="160px" height="22px" />
          <Skeleton width="220px" height="15px" />
        </div>
      ) : (
        <Invitation code={code} relation={relation} onOpenChat={onOpenChat} onLeave={onLeave} />
      )}
    </main>
  )
}

interface InvitationProps extends FriendInviteScreenProps {
  readonly relation: RelationToUser
}

function Invitation({ code, relation, onOpenChat, onLeave }: InvitationProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { isBusy, run } = useRun()
  const { profile, isFriend } = relation
  const isMine = useAppSelector(selectMyUserId) === profile.userId
  const name = profile.displayName
  const accept = async () => {
    const isDone = await run(() => dispatch(acceptFriendInvite(code)), t('people.added', { name }))
    if (isDone) onOpenChat(profile.userId)
  }
  return (
    <div className={styles['card']}>
      <Avatar person={profile} size="xl" />
      <h1 className={styles['title']}>{isMine ? name : t('people.inviteTitle', { name })}</h1>
      <p className={styles['text']}>
        {t(isMine ? 'people.inviteOwn' : isFriend ? 'people.inviteFriends' : 'people.inviteText')}
      </p>
      {isMine ? (
        <Button variant="primary" fullWidth onClick={onLeave}>
          {t('common.goHome')}
        </Button>
      ) : (
        <>
          <Button
            variant="primary"
            fullWidth
            isBusy={isBusy}
            onClick={() => (isFriend ? onOpenChat(profile.userId) : void accept())}
          >
            {t(isFriend ? 'people.chat' : 'people.inviteAccept')}
          </Button>
          <Button variant="quiet" fullWidth onClick={onLeave}>
            {t('common.later')}
          </Button>
        </>
      )}
    </div>
  )
}
