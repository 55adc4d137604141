import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { PasswordField } from '../../shared/password/password-field.tsx'
import { usePasswordSubmit } from '../../shared/password/use-password-submit.ts'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { useAppSelector } from '../../state/hooks.ts'
import { selectMe } from '../../state/people-selectors.ts'

export interface AskPasswordProps {
  readonly title: string
  readonly description?: string
  /** The verb of what follows. */
  readonly confirmLabel: string
  readonly isDangerous?: boolean
  readonly onClose: () => void
  /** Throws where the password is wrong: the dialog stays and says so. */
  readonly onPassword: (password: string) => Promise<void>
}

/** Before something changes that guards the account. */
export function AskPassword({
  title,
  description,
  confirmLabel,
  isDangerous = false,
  onClose,
  onPassword,
}: AskPasswordProps) {
  const { t } = useTranslation()
  const formId = useId()
  const { isBusy, failure, submit } = usePasswordSubmit(async (password) => {
    await onPassword(password)
    onClose()
  })
  const handle = useAppSelector((state) => selectMe(state)?.handle ?? '')

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      shape="alert"
      {...(description === undefined ? {} : { description })}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form={formId} variant={isDangerous ? 'danger' : 'primary'} isBusy={isBusy}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(event) => void submit(event)} noValidate>
        <PasswordField handle={handle} failure={failure} />
      </form>
    </Dialog>
  )
}
