import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../shared/ui/toast.tsx'
import { useAppSelector, useClient } from '../../state/hooks.ts'

/** Says quietly who called while I was in another call. */
export function useKnocks(): void {
  const { t } = useTranslation()
  const client = useClient()
  const toast = useToast()
  const profiles = useAppSelector((state) => state.people.profiles)
  const tell = useEffectEvent((userId: string) => {
    const name = profiles[userId]?.displayName ?? t('people.noName')
    toast({ text: t('calls.knocked', { name }) })
  })
  useEffect(() => client.on('call-knocked', ({ userId }) => tell(userId)), [client])
}
