import type { CallState } from '@our-now/client/call/call-state.ts'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../../shared/ui/toast.tsx'

/** Says what the host did or asks; one tap follows. */
export function useHostWords(state: CallState, mute: () => void): void {
  const { t } = useTranslation()
  const toast = useToast()
  const { mutedCount = 0, muteAskedCount = 0 } = state
  const isOn = state.sent.microphone?.isPaused === false
  const tellMuted = useEffectEvent(() => toast({ text: t('calls.host.muted') }))
  const tellAsked = useEffectEvent(() => {
    if (isOn)
      toast({
        text: t('calls.host.asked'),
        action: { label: t('call.mute'), onSelect: mute },
        timeoutMs: 15_000,
      })
  })
  useEffect(() => (mutedCount > 0 ? tellMuted() : undefined), [mutedCount])
  useEffect(() => (muteAskedCount > 0 ? tellAsked() : undefined), [muteAskedCount])
}
