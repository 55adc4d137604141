import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './devices.module.css'
import type { LocalMedia } from './local-media.ts'
import { useLocalMedia } from './use-local-media.ts'

/** What is wrong with microphone or camera, what to do about it, and a way to try again. Nothing when all is well. */
export function DeviceNotice({ media }: { readonly media: LocalMedia }) {
  const { t } = useTranslation()
  const { microphone, camera } = useLocalMedia(media)
  const found = (['microphone', 'camera'] as const).flatMap((kind) => {
    const { isOn, problem } = kind === 'microphone' ? microphone : camera
    return isOn && problem !== undefined ? [{ kind, problem }] : []
  })
  if (found.length === 0) return null
  return (
    <div className={styles['notices']} role="status">
      {found.map(({ kind, problem }) => (
        <div key={kind} className={styles['notice']}>
          <TriangleAlert size={18} aria-hidden="true" />
          <span>{t(`call.${kind}Problem.${problem}`)}</span>
          {problem !== 'insecure' && (
            <button type="button" onClick={() => void media.setOn(kind, true)}>
              {t('call.tryAgain')}
            </button>
          )}
        </div>
      ))}
    </div>
  )
}
