import { Phone, Video } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../shared/ui/button.tsx'
import { IconButton } from '../../../shared/ui/icon-button.tsx'
import { useCalling } from '../../../state/call-context.ts'
import { useAppSelector } from '../../../state/hooks.ts'

/** Starts a call of the room, or joins the one that runs. */
export function CallButtons({ roomId }: { readonly roomId: string }) {
  const { t } = useTranslation()
  const { callOf, myRoomId, start, look } = useCalling()
  const isOnline = useAppSelector((state) => state.connection.state === 'online')
  // `look` changes with every call; only coming here and coming back online ask.
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => (isOnline ? look(roomId) : undefined), [isOnline, roomId])
  if (myRoomId === roomId) return null
  const call = callOf(roomId)
  if (call)
    return (
      <Button onClick={() => start(roomId, call.isVideo)}>
        {t('call.running', { count: call.userIds.length })} · {t('call.join')}
      </Button>
    )
  return (
    <>
      <IconButton icon={Phone} label={t('call.voice')} onClick={() => start(roomId, false)} />
      <IconButton icon={Video} label={t('call.video')} onClick={() => start(roomId, true)} />
    </>
  )
}
