import type { RelationToUser } from '@our-now/contracts/chat/people-operations.ts'
import { codeOf } from '@our-now/client/client-error.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { LoadFailed } from '../../shared/ui/load-failed.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useLoad } from '../../shared/use-load.ts'
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
export function FriendInviteScreen(props: FriendInviteScreenProps) {
  const { code, onLeave } = props
  const { t } = useTranslation()
  const client = useClient()
  const relation = useLoad(useCallback(() => client.api.findFriendInvite({ code }), [client, code]))
  const isWrong =
    relation.status === 'failed' && ['invite_not_found', 'invalid_request'].includes(codeOf(relation.error))
  return (
    <main className={styles['page']}>
      {isWrong ? (
        <EmptyState isError action={<Button onClick={onLeave}>{t('common.goHome')}</Button>}>
          {t('errors.invite_not_found')}
        </EmptyState>
      ) : relation.status === 'failed' ? (
        <LoadFailed error={relation.error} onRetry={relation.retry} />
      ) : relation.status === 'loading' ? (
        <div className={styles['card']} aria-busy="true">
          <Skeleton shape="squircle" width="var(--avatar-xl)" height="var(--avatar-xl)" />
          <Skeleton width="160px" height="22px" />
          <Skeleton width="220px" height="15px" />
        </div>
      ) : (
        <Invitation {...props} relation={relation.value} />
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
