import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../shared/ui/button.tsx'
import { EmptyState } from '../shared/ui/empty-state.tsx'

/** React catches errors of drawing by classes only. Nothing of the person's is lost: it is on the server or in the outbox. */
export class ErrorBoundary extends Component<
  { readonly children: ReactNode },
  { readonly isBroken: boolean }
> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true }
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken /> : this.props.children
  }
}

function Broken() {
  const { t } = useTranslation()
  return (
    <EmptyState
      isError
      action={
        <Button variant="primary" onClick={() => location.reload()}>
          {t('common.reload')}
        </Button>
      }
    >
      {t('common.somethingBroke')}
    </EmptyState>
  )
}
