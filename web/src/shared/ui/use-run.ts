import { useState } from 'react'
import { useErrorText } from '../i18n/use-error-text.ts'
import { useToast } from './toast.tsx'

export interface Run {
  readonly isBusy: boolean
  /** Runs it and says so when it fails. Answers whether it succeeded. */
  readonly run: (action: () => Promise<unknown>, doneText?: string) => Promise<boolean>
}

/** For buttons: busy while it runs, one sentence when it fails. */
export function useRun(): Run {
  const [isBusy, setBusy] = useState(false)
  const toast = useToast()
  const errorText = useErrorText()
  return {
    isBusy,
    run: async (action, doneText) => {
      setBusy(true)
      try {
        await action()
        if (doneText !== undefined) toast({ text: doneText })
        return true
      } catch (error) {
        toast({ text: errorText(error), isUrgent: true })
        return false
      } finally {
        setBusy(false)
      }
    },
  }
}
