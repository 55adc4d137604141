import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shrinkPhoto } from '../../shared/camera/grab-picture.ts'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { useClient } from '../../state/hooks.ts'
import styles from './face.module.css'
import { FoundFaces, type Found } from './found-faces.tsx'
import { RoomChoice } from './room-choice.tsx'

type Use = 'profile' | 'room'

/** A photo from this device, looked at as a profile photo or as one of a room. Nothing of it is kept. */
export function PhotoTrial() {
  const { t } = useTranslation()
  const client = useClient()
  const errorText = useErrorText()
  const [use, setUse] = useState<Use>('profile')
  const [roomId, setRoomId] = useState('')
  const [state, setState] = useState<{ found?: Found; error?: string; isBusy?: boolean }>({})

  const url = state.found?.url
  useEffect(
    () => () => {
      if (url !== undefined) URL.revokeObjectURL(url)
    },
    [url],
  )

  const look = async (picture: Blob): Promise<Found> => {
    if (use === 'room') {
      const { faces } = await client.api.suggestFaces({ roomId, picture })
      return { use, roomId, url: URL.createObjectURL(picture), faces }
    }
    const { problems, face } = await client.api.checkFace({ purpose: 'profile', picture })
    const url = URL.createObjectURL(picture)
    return { use, url, problems, faces: face ? [{ box: face.box }] : [] }
  }
  const choose = async (file: File) => {
    setState({ isBusy: true })
    try {
      const picture = await shrinkPhoto(file).catch(() => undefined)
      if (picture === undefined) setState({ error: t('face.photoUnreadable') })
      else setState({ found: await look(picture) })
    } catch (error) {
      setState({ error: errorText(error) })
    }
  }
  const radio = (value: Use, label: string) => (
    <label className={styles['agree']}>
      <input
        type="radio"
        name="photo-use"
        checked={use === value}
        onChange={() => {
          setUse(value)
          setState({})
        }}
      />
      <span>{label}</span>
    </label>
  )
  const isBusy = state.isBusy === true
  const mayPick = !isBusy && (use === 'profile' || roomId !== '')
  return (
    <section className={styles['section']} aria-labelledby="photo-title">
      <h2 id="photo-title" className={styles['heading']}>
        {t('face.photoTitle')}
      </h2>
      <p className={styles['text']}>{t('face.photoText')}</p>
      <div role="radiogroup" aria-label={t('face.photoUse')}>
        {radio('profile', t('face.photoProfile'))}
        {radio('room', t('face.photoRoom'))}
      </div>
      {use === 'room' && <RoomChoice roomId={roomId} onChange={setRoomId} />}
      <label className={styles['pick']} aria-disabled={!mayPick}>
        {isBusy ? t('face.judging') : t('face.photoPick')}
        <input
          type="file"
          accept="image/jpeg,image/png,image/webp"
          disabled={!mayPick}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            // The same photo again is a choice too.
            event.target.value = ''
            if (file) void choose(file)
          }}
        />
      </label>
      {state.error !== undefined && (
        <p className={styles['bad']} role="alert">
          {state.error}
        </p>
      )}
      {state.found && <FoundFaces found={state.found} />}
    </section>
  )
}
