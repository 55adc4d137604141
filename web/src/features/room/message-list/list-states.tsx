import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../shared/ui/button.tsx'
import { classNames } from '../../../shared/ui/class-names.ts'
import { EmptyState } from '../../../shared/ui/empty-state.tsx'
import { Skeleton } from '../../../shared/ui/skeleton.tsx'
import { useAppDispatch, useAppSelector } from '../../../state/hooks.ts'
import { loadNewest } from '../../../state/message-thunks.ts'
import styles from './list-states.module.css'

/** A conversation that is on its way: widths in rem, mine at the right. */
const shapes = [
  { width: '11rem', isMine: false },
  { width: '16rem', isMine: false },
  { width: '9rem', isMine: true },
  { width: '14rem', isMine: false },
  { width: '12rem', isMine: true },
  { width: '7rem', isMine: true },
  { width: '13rem', isMine: false },
] as const

export function ListSkeleton() {
  const { t } = useTranslation()
  return (
    <output className={styles['skeleton']} aria-label={t('common.loading')}>
      {shapes.map(({ width, isMine }, index) => (
        // eslint-disable-next-line react/no-array-index-key -- a fixed list
        <div key={index} className={classNames(styles['line'], isMine && styles['mine'])}>
          {!isMine && <Skeleton shape="squircle" width="var(--avatar-sm)" height="var(--avatar-sm)" />}
          <Skeleton shape="block" width={width} height="38px" />
        </div>
      ))}
    </output>
  )
}

/** The first page did not come. Tries again by itself when the connection is back. */
export function ListFailed({ roomId }: { readonly roomId: string }) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const isOnline = useAppSelector((state) => state.connection.state === 'online')
  const wasOnlineRef = useRef(isOnline)
  useEffect(() => {
    if (isOnline && !wasOnlineRef.current) void dispatch(loadNewest(roomId))
    wasOnlineRef.current = isOnline
  }, [dispatch, isOnline, roomId])
  return (
    <EmptyState
      isError
      className={styles['failed'] ?? ''}
      action={<Button onClick={() => void dispatch(loadNewest(roomId))}>{t('common.retry')}</Button>}
    >
      {t('common.loadFailed')}
    </EmptyState>
  )
}
