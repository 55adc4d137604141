import { useTranslation } from 'react-i18next'
import styles from './row.module.css'
import { Skeleton } from './skeleton.tsx'

const widths = ['38%', '52%', '30%', '46%', '34%', '56%', '42%', '36%']

/** Rows that are on their way. */
export function RowSkeletons({ count = 8 }: { readonly count?: number }) {
  const { t } = useTranslation()
  return (
    <>
      <output className="visually-hidden">{t('common.loading')}</output>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={styles['skeletonRow']}>
          <Skeleton shape="squircle" width="var(--avatar-md)" height="var(--avatar-md)" />
          <span className={styles['skeletonWords']}>
            <Skeleton width={widths[index % widths.length] ?? '40%'} height="13px" />
            <Skeleton width={widths[(index + 3) % widths.length] ?? '60%'} height="11px" />
          </span>
        </div>
      ))}
    </>
  )
}
