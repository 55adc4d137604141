import { useTranslation } from 'react-i18next'
import row from '../../shared/ui/row.module.css'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { useAppSelector } from '../../state/hooks.ts'
import { selectMe } from '../../state/people-selectors.ts'
import { PersonRow } from './friend-row.tsx'

/** Me, on top of the friends: a little larger than everybody else. */
export function MeCard({ onOpenProfile }: { readonly onOpenProfile: (userId: string) => void }) {
  const { t } = useTranslation()
  const me = useAppSelector(selectMe)
  if (!me)
    return (
      <div className={row['skeletonRow']}>
        <Skeleton shape="squircle" width="var(--avatar-lg)" height="var(--avatar-lg)" />
        <Skeleton width="30%" height="14px" />
      </div>
    )
  return (
    <>
      <div className={row['row']}>
        <PersonRow
          person={me}
          size="lg"
          detail={me.statusMessage === '' ? t('people.statusEmpty') : me.statusMessage}
          onSelect={() => onOpenProfile(me.userId)}
        />
      </div>
      <div className={row['divider']} />
    </>
  )
}
