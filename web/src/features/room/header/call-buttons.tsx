import { Phone, Video } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../shared/ui/icon-button.tsx'
import { useCalling } from '../../../state/call-context.ts'
import { useAppSelector } from '../../../state/hooks.ts'

/** Starts a call of the room. */
export function CallButtons({ roomId }: { readonly roomId: string }) {
  const { t } = useTranslation()
  const { callOf, myRoomId, start, look } = useCalling()
  const isOnline = useAppSelector((state) => state.connection.state === 'online')
  // `look` changes with every call; only coming here and coming back online ask.
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => (isOnline ? look(roomId) : undefined), [isOnline, roomId])
  // While one runs the banner below is the way in.
  if (myRoomId === roomId || callOf(roomId)) return null
  return (
    <>
      <IconButton icon={Phone} label={t('call.voice')} onClick={() => start(roomId, false)} />
      <IconButton icon={Video} label={t('call.video')} onClick={() => start(roomId, true)} />
    </>
  )
}
