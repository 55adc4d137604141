import type { RelationToUser } from '@our-now/contracts/chat/people-operations.ts'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { TextField } from '../../shared/ui/text-field.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useAppDispatch, useAppSelector } from '../../state/hooks.ts'
import { selectMyUserId } from '../../state/people-selectors.ts'
import { addFriend, findUser } from '../../state/people-thunks.ts'
import styles from './find-by-handle.module.css'

/** Looks a person up by exact id and adds them. */
export function FindByHandle({ onOpenChat }: { readonly onOpenChat: (userId: string) => void }) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const errorText = useErrorText()
  const [handle, setHandle] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [found, setFound] = useState<RelationToUser>()
  const [failure, setFailure] = useState<string>()

  const find = async (event: FormEvent) => {
    event.preventDefault()
    const typed = handle.trim().replace(/^@/, '').toLowerCase()
    if (typed === '' || isBusy) return
    setBusy(true)
    setFailure(undefined)
    setFound(undefined)
    try {
      setFound(await dispatch(findUser(typed)))
    } catch (error) {
      setFailure(errorText(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className={styles['find']}>
      <form className={styles['form']} onSubmit={(event) => void find(event)}>
        <TextField
          label={t('people.handleLabel')}
          value={handle}
          onChange={(event) => setHandle(event.target.value)}
          autoCapitalize="none"
          autoCorrect="off"
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          enterKeyHint="search"
          error={failure}
        />
        <Button type="submit" variant="primary" fullWidth isBusy={isBusy} disabled={handle.trim() === ''}>
          {t('people.find')}
        </Button>
      </form>
      {found && <FoundPerson found={found} onOpenChat={onOpenChat} />}
    </div>
  )
}

interface FoundPersonProps {
  readonly found: RelationToUser
  readonly onOpenChat: (userId: string) => void
}

function FoundPerson({ found, onOpenChat }: FoundPersonProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { isBusy, run } = useRun()
  const { userId, displayName, handle } = found.profile
  const isMe = useAppSelector(selectMyUserId) === userId
  const isFriend = useAppSelector((state) => state.people.friends[userId] !== undefined) || found.isFriend
  return (
    <div className={styles['found']} aria-live="polite">
      <Avatar person={found.profile} size="xl" />
      <p className={styles['name']}>
        <bdi>{displayName}</bdi>
      </p>
      <p className={styles['note']}>
        {isMe ? t('people.itsMe') : isFriend ? t('people.alreadyFriend') : `@${handle}`}
      </p>
      {!isMe &&
        (isFriend ? (
          <Button onClick={() => onOpenChat(userId)}>{t('people.chat')}</Button>
        ) : (
          <Button
            variant="primary"
            isBusy={isBusy}
            onClick={() =>
              void run(() => dispatch(addFriend(userId)), t('people.added', { name: displayName }))
            }
          >
            {t('people.addFriend')}
          </Button>
        ))}
    </div>
  )
}
