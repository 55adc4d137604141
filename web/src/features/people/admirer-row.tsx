import type { Admirer } from '@our-now/contracts/people.ts'
import { useTranslation } from 'react-i18next'
import { Button } from '../../shared/ui/button.tsx'
import row from '../../shared/ui/row.module.css'
import { useRun } from '../../shared/ui/use-run.ts'
import { useAppDispatch } from '../../state/hooks.ts'
import { addFriend } from '../../state/people-thunks.ts'
import { PersonRow } from './friend-row.tsx'

export interface AdmirerRowProps {
  readonly admirer: Admirer
  readonly rowProps: { readonly tabIndex: 0 | -1; readonly 'data-row': string }
  readonly onOpenProfile: (userId: string) => void
}

/** Somebody who added me: one tap adds them back. */
export function AdmirerRow({ admirer, rowProps, onOpenProfile }: AdmirerRowProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { isBusy, run } = useRun()
  const { userId, displayName } = admirer.profile
  return (
    <div className={row['row']}>
      <PersonRow
        person={admirer.profile}
        rowProps={rowProps}
        onSelect={() => onOpenProfile(userId)}
        end={
          <Button
            size="sm"
            variant="quiet"
            isBusy={isBusy}
            aria-label={`${displayName} ${t('people.addFriend')}`}
            onClick={() =>
              void run(() => dispatch(addFriend(userId)), t('people.added', { name: displayName }))
            }
          >
            {t('people.addBack')}
          </Button>
        }
      />
    </div>
  )
}
