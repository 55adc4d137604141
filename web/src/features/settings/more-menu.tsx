import {
  ChevronRight,
  Info,
  KeyRound,
  Lock,
  LogOut,
  Palette,
  ScanFace,
  ShieldCheck,
  Smartphone,
  Stethoscope,
  Users,
  Wrench,
  type LucideIcon,
} from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Screen } from '../../shared/ui/screen.tsx'
import { useRun } from '../../shared/ui/use-run.ts'
import { useAppDispatch, useAppSelector } from '../../state/hooks.ts'
import { selectMe } from '../../state/people-selectors.ts'
import { signOut } from '../../state/session-thunks.ts'
import styles from './settings.module.css'
import menu from './more-menu.module.css'
import type { SettingsPage } from './settings-page.ts'

const ConfirmDialog = lazy(async () => ({
  default: (await import('../../shared/ui/confirm-dialog.tsx')).ConfirmDialog,
}))

export interface MoreMenuProps {
  readonly openPage?: SettingsPage | undefined
  readonly onOpen: (page: SettingsPage) => void
}

/** The third tab: me, and everything one can set. */
export function MoreMenu({ openPage, onOpen }: MoreMenuProps) {
  const { t } = useTranslation()
  const dispatch = useAppDispatch()
  const { run } = useRun()
  const [isLeaving, setLeaving] = useState(false)
  const me = useAppSelector(selectMe)
  const isOperator = useAppSelector(
    (state) => state.session.status === 'signed-in' && state.session.account.isOperator,
  )
  const item = (page: SettingsPage, icon: LucideIcon) => (
    <MenuRow
      icon={icon}
      label={t(`settings.${page}`)}
      isOpen={page === openPage}
      onClick={() => onOpen(page)}
    />
  )
  return (
    <Screen title={t('settings.title')} shape="large">
      <div className={styles['page']}>
        {me && (
          <button type="button" className={menu['me']} onClick={() => onOpen('profile')}>
            <Avatar person={me} size="lg" />
            <span className={styles['words']}>
              <bdi className={menu['name']}>{me.displayName}</bdi>
              <span className={styles['detail']}>@{me.handle}</span>
            </span>
            <ChevronRight size={20} className={menu['chevron']} aria-hidden="true" />
          </button>
        )}
        <nav className={styles['card']} aria-label={t('settings.groupApp')}>
          {item('appearance', Palette)}
          {item('privacy', Users)}
        </nav>
        <nav className={styles['card']} aria-label={t('settings.groupAccount')}>
          {item('devices', Smartphone)}
          {item('password', KeyRound)}
          {item('second-factor', ShieldCheck)}
          {item('lock', Lock)}
          {item('face', ScanFace)}
          {isOperator && item('operator', Wrench)}
          {item('call-doctor', Stethoscope)}
          {item('about', Info)}
        </nav>
        <div className={styles['card']}>
          <button type="button" className={styles['row']} onClick={() => setLeaving(true)}>
            <LogOut size={20} aria-hidden="true" />
            <span>{t('settings.signOut')}</span>
          </button>
        </div>
        <Suspense>
          {isLeaving && (
            <ConfirmDialog
              isOpen
              onClose={() => setLeaving(false)}
              title={t('settings.signOutTitle')}
              description={t('settings.signOutText')}
              confirmLabel={t('settings.signOut')}
              onConfirm={async () => {
                await run(() => dispatch(signOut()))
              }}
            />
          )}
        </Suspense>
      </div>
    </Screen>
  )
}

interface MenuRowProps {
  readonly icon: LucideIcon
  readonly label: string
  readonly isOpen: boolean
  readonly onClick: () => void
}

const MenuRow = ({ icon: Icon, label, isOpen, onClick }: MenuRowProps) => (
  <button
    type="button"
    className={styles['row']}
    aria-current={isOpen ? 'page' : undefined}
    onClick={onClick}
  >
    <Icon size={20} aria-hidden="true" />
    <span>{label}</span>
    <ChevronRight size={18} aria-hidden="true" />
  </button>
)
