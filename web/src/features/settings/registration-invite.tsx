import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '../../shared/format/format-time.ts'
import { useLanguage } from '../../shared/i18n/use-language.ts'
import { Button } from '../../shared/ui/button.tsx'
import { LinkBox } from '../../shared/ui/link-box.tsx'
import { QrCode } from '../../shared/ui/qr-code.tsx'
import { TextField } from '../../shared/ui/text-field.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useClient } from '../../state/hooks.ts'
import styles from './settings.module.css'

interface Invite {
  readonly code: string
  readonly expiresAt: number
  readonly maxUses: number
}

/** Makes a link with which people may sign up. */
export function RegistrationInvite() {
  const { t } = useTranslation()
  const client = useClient()
  const language = useLanguage()
  const { isBusy, run } = useRun()
  const [uses, setUses] = useState('10')
  const [invite, setInvite] = useState<Invite>()
  const maxUses = Number(uses)
  const isPossible = Number.isInteger(maxUses) && maxUses >= 1 && maxUses <= 1000
  const url = invite && `${location.origin}/join/${invite.code}`
  return (
    <section className={styles['section']}>
      <h2 className={styles['heading']}>{t('settings.invite')}</h2>
      <p className={styles['text']}>{t('settings.inviteText')}</p>
      {invite && url !== undefined ? (
        <div className={styles['result']}>
          <QrCode text={url} label={t('settings.invite')} />
          <LinkBox url={url} label={t('settings.invite')} shareText={t('settings.inviteShare')} />
          <output className={styles['detail']}>
            {t('settings.inviteReady', {
              count: invite.maxUses,
              date: formatDate(invite.expiresAt, language),
            })}
          </output>
          <Button variant="quiet" onClick={() => setInvite(undefined)}>
            {t('settings.inviteAgain')}
          </Button>
        </div>
      ) : (
        <form
          className={styles['form']}
          onSubmit={(event) => {
            event.preventDefault()
            void run(async () => setInvite(await client.api.createRegistrationInvite({ maxUses })))
          }}
        >
          <TextField
            label={t('settings.inviteUses')}
            type="number"
            inputMode="numeric"
            min={1}
            max={1000}
            value={uses}
            onChange={(event) => setUses(event.target.value)}
          />
          <Button type="submit" isBusy={isBusy} disabled={!isPossible}>
            {t('settings.inviteCreate')}
          </Button>
        </form>
      )}
    </section>
  )
}
