import type { ApiReply } from '@our-now/client/http/api-types.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTime } from '../../shared/format/format-time.ts'
import { useLanguage } from '../../shared/i18n/use-language.ts'
import { Button } from '../../shared/ui/button.tsx'
import { ConfirmDialog } from '../../shared/ui/confirm-dialog.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useClient } from '../../state/hooks.ts'
import styles from './face.module.css'

/** What the server found when it looked for what is left. */
export type Deletion = ApiReply<'deleteFace'>

/** One click, one question, then everything is gone. */
export function DeleteFace({ onDeleted }: { readonly onDeleted: (result: Deletion) => void }) {
  const { t } = useTranslation()
  const client = useClient()
  const { run } = useRun()
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button variant="danger" fullWidth onClick={() => setAsking(true)}>
        {t('face.deleteButton')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          isOpen
          onClose={() => setAsking(false)}
          title={t('face.deleteTitle')}
          description={t('face.deleteText')}
          confirmLabel={t('face.deleteConfirm')}
          isDangerous
          onConfirm={async () => {
            await run(async () => onDeleted(await client.api.deleteFace()))
          }}
        />
      )}
    </>
  )
}

export function DeletionResult({ deletion }: { readonly deletion: Deletion }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { templates, keys, tags } = deletion.left
  const row = (label: string, count: number) => (
    <>
      <dt>{label}</dt>
      <dd>{t('face.deletedLeft', { count })}</dd>
    </>
  )
  return (
    <section className={styles['section']} role="status">
      <h2 className={styles['heading']}>{t('face.deletedTitle')}</h2>
      <p className={styles['text']}>
        {t('face.deletedText', { time: formatTime(deletion.verifiedAt, language) })}
      </p>
      <dl className={styles['facts']}>
        {row(t('face.deletedTemplates'), templates)}
        {row(t('face.deletedKeys'), keys)}
        {row(t('face.deletedTags'), tags)}
      </dl>
    </section>
  )
}
