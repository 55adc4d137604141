import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { roomTitle } from '../../shared/format/room-title.ts'
import { useRoomWords } from '../../shared/format/use-room-words.ts'
import { Button } from '../../shared/ui/button.tsx'
import { LoadFailed } from '../../shared/ui/load-failed.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useLoad } from '../../shared/use-load.ts'
import { useAppSelector, useClient } from '../../state/hooks.ts'
import { selectRoomList } from '../../state/room-selectors.ts'
import styles from './face.module.css'

export interface RoomChoiceProps {
  /** '': none yet. */
  readonly roomId: string
  readonly onChange: (roomId: string) => void
}

/** A room, and whether people are suggested in its photos. */
export function RoomChoice({ roomId, onChange }: RoomChoiceProps) {
  const { t } = useTranslation()
  const rooms = useAppSelector(selectRoomList)
  const myUserId = useAppSelector((state) =>
    state.session.status === 'signed-in' ? state.session.account.userId : '',
  )
  const words = useRoomWords()
  if (rooms.length === 0) return <p className={styles['text']}>{t('face.photoNoRooms')}</p>
  return (
    <>
      <label className={styles['field']}>
        <span>{t('face.photoWhichRoom')}</span>
        <select value={roomId} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('face.photoPickRoom')}</option>
          {rooms.map((room) => (
            <option key={room.roomId} value={room.roomId}>
              {roomTitle(room, myUserId, words)}
            </option>
          ))}
        </select>
      </label>
      {roomId !== '' && <RoomTagging key={roomId} roomId={roomId} />}
    </>
  )
}

function RoomTagging({ roomId }: { readonly roomId: string }) {
  const { t } = useTranslation()
  const client = useClient()
  const { isBusy, run } = useRun()
  const loaded = useLoad(useCallback(() => client.api.getRoomTagging({ roomId }), [client, roomId]))
  if (loaded.status === 'failed') return <LoadFailed error={loaded.error} onRetry={loaded.retry} />
  if (loaded.status === 'loading') return null
  const { isOn, mayChange } = loaded.value
  const change = () =>
    run(async () => {
      await client.api.setRoomTagging({ roomId, isOn: !isOn })
      loaded.setValue({ isOn: !isOn, mayChange })
    })
  return (
    <div className={styles['tagging']}>
      {!isOn && <p className={styles['text']}>{t('face.taggingOff')}</p>}
      {mayChange ? (
        <Button size="sm" isBusy={isBusy} onClick={() => void change()}>
          {t(isOn ? 'face.taggingTurnOff' : 'face.taggingTurnOn')}
        </Button>
      ) : (
        !isOn && <p className={styles['detail']}>{t('face.taggingOwner')}</p>
      )}
    </div>
  )
}
