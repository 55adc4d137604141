import { SlidersHorizontal } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { IconButton } from '../../shared/ui/icon-button.tsx'
import row from '../../shared/ui/row.module.css'
import { useRun } from '../../shared/ui/use-run.ts'
import { useAppDispatch, useAppSelector } from '../../state/hooks.ts'
import { selectBlocks, selectHiddenFriends } from '../../state/people-selectors.ts'
import { loadBlocks, unblockUser, updateFriend } from '../../state/people-thunks.ts'
import { BlockDialog } from './block-dialog.tsx'
import { PersonRow } from './friend-row.tsx'
import styles from './people-lists.module.css'

export interface PeopleListProps {
  readonly onOpenProfile: (userId: string) => void
}

/** Whom I block, with the level and the way back. */
export function BlockedList({ onOpenProfile }: PeopleListProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { run } = useRun()
  const blocks = useAppSelector(selectBlocks)
  const [changing, setChanging] = useState<string>()
  const changed = blocks.find((block) => block.profile.userId === changing)
  useEffect(() => {
    void dispatch(loadBlocks()).catch(() => undefined)
  }, [dispatch])
  if (blocks.length === 0) return <EmptyState>{t('people.blockedEmpty')}</EmptyState>
  return (
    <ul className={styles['list']}>
      {blocks.map(({ profile, level }) => (
        <li key={profile.userId} className={row['row']}>
          <PersonRow
            person={profile}
            detail={t(level === 'profile' ? 'people.blockProfile' : 'people.blockMessages')}
            onSelect={() => onOpenProfile(profile.userId)}
            end={
              <>
                <IconButton
                  icon={SlidersHorizontal}
                  iconSize={20}
                  label={`${profile.displayName}: ${t('people.changeBlock')}`}
                  onClick={() => setChanging(profile.userId)}
                />
                <Button
                  size="sm"
                  onClick={() =>
                    void run(
                      () => dispatch(unblockUser(profile.userId)),
                      t('people.unblocked', { name: profile.displayName }),
                    )
                  }
                >
                  {t('people.unblock')}
                </Button>
              </>
            }
          />
        </li>
      ))}
      {changed && (
        <BlockDialog
          person={changed.profile}
          currentLevel={changed.level}
          onClose={() => setChanging(undefined)}
        />
      )}
    </ul>
  )
}

/** Friends that are not shown in the list. */
export function HiddenList({ onOpenProfile }: PeopleListProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { run } = useRun()
  const hidden = useAppSelector(selectHiddenFriends)
  if (hidden.length === 0) return <EmptyState>{t('people.hiddenEmpty')}</EmptyState>
  return (
    <>
      <p className={styles['text']}>{t('people.hiddenText')}</p>
      <ul className={styles['list']}>
        {hidden.map(({ profile }) => (
          <li key={profile.userId} className={row['row']}>
            <PersonRow
              person={profile}
              onSelect={() => onOpenProfile(profile.userId)}
              end={
                <Button
                  size="sm"
                  onClick={() =>
                    void run(() => dispatch(updateFriend({ userId: profile.userId, isHidden: false })))
                  }
                >
                  {t('people.unhide')}
                </Button>
              }
            />
          </li>
        ))}
      </ul>
    </>
  )
}
