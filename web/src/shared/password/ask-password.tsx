import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { PasswordField } from './password-field.tsx'
import { usePasswordSubmit } from './use-password-submit.ts'

export interface AskPasswordProps {
  /** Of who is asked. */
  readonly handle: string
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
  handle,
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
