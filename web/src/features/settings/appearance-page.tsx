import { useTranslation } from 'react-i18next'
import { Switch } from '../../shared/ui/switch.tsx'
import { useAppDispatch, useAppSelector } from '../../state/hooks.ts'
import { fontScaleMax, fontScaleMin, fontScaleStep, settingsChanged } from '../../state/settings-slice.ts'
import { Choices } from '../../shared/ui/choices.tsx'
import styles from './settings.module.css'

/** How this device shows things; takes effect at once. */
export function AppearancePage() {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const settings = useAppSelector((state) => state.settings)
  const percent = Math.round(settings.fontScale * 100)
  return (
    <div className={styles['page']}>
      <Choices
        label={t('settings.theme')}
        value={settings.theme}
        options={[
          { value: 'system', label: t('settings.themeSystem') },
          { value: 'light', label: t('settings.themeLight') },
          { value: 'dark', label: t('settings.themeDark') },
        ]}
        onChange={(theme) => dispatch(settingsChanged({ theme }))}
      />
      <Choices
        label={t('settings.language')}
        value={settings.language}
        options={[
          { value: 'system', label: t('settings.languageSystem') },
          { value: 'ko', label: '한국어' },
          { value: 'en', label: 'English' },
        ]}
        onChange={(language) => dispatch(settingsChanged({ language }))}
      />
      <section className={styles['section']}>
        <h2 className={styles['heading']}>{t('settings.fontSize')}</h2>
        <p className={styles['preview']}>{t('settings.fontPreview')}</p>
        <div className={styles['slider']}>
          <span className={styles['small']} aria-hidden="true">
            {t('settings.fontLetter')}
          </span>
          <input
            type="range"
            min={fontScaleMin}
            max={fontScaleMax}
            step={fontScaleStep}
            value={settings.fontScale}
            aria-label={t('settings.fontSize')}
            aria-valuetext={t('settings.fontPercent', { percent })}
            onChange={(event) => dispatch(settingsChanged({ fontScale: Number(event.target.value) }))}
          />
          <span className={styles['large']} aria-hidden="true">
            {t('settings.fontLetter')}
          </span>
          <span className={styles['percent']}>{t('settings.fontPercent', { percent })}</span>
        </div>
      </section>
      <div className={styles['card']}>
        <Switch
          label={t('settings.sound')}
          hint={t('settings.soundText')}
          isOn={settings.isSoundOn}
          onChange={(isSoundOn) => dispatch(settingsChanged({ isSoundOn }))}
        />
        <Switch
          label={t('settings.reducedMotion')}
          hint={t('settings.reducedMotionText')}
          isOn={settings.reducedMotion}
          onChange={(reducedMotion) => dispatch(settingsChanged({ reducedMotion }))}
        />
      </div>
    </div>
  )
}
