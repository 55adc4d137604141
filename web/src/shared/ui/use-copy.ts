import { useTranslation } from 'react-i18next'
import { copyText } from '../copy-text.ts'
import { useToast } from './toast.tsx'

/** Puts text on the clipboard and says whether it is there. */
export function useCopy(): (text: string) => void {
  const { t } = useTranslation()
  const toast = useToast()
  const copy = async (text: string): Promise<void> => {
    const isDone = await copyText(text)
    toast({ text: t(isDone ? 'common.copied' : 'common.copyFailed'), isUrgent: !isDone })
  }
  return (text) => void copy(text).catch(() => undefined)
}
