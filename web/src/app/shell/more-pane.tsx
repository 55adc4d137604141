import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { RowSkeletons } from '../../shared/ui/row-skeletons.tsx'
import { Screen } from '../../shared/ui/screen.tsx'
import { isSettingsPage, type SettingsPage } from '../../features/settings/settings-page.ts'
import { useAppNavigation } from '../navigation/use-app-navigation.ts'

const pages = {
  profile: lazy(async () => ({
    default: (await import('../../features/settings/profile-page.tsx')).ProfilePage,
  })),
  appearance: lazy(async () => ({
    default: (await import('../../features/settings/appearance-page.tsx')).AppearancePage,
  })),
  devices: lazy(async () => ({
    default: (await import('../../features/settings/devices-page.tsx')).DevicesPage,
  })),
  'second-factor': lazy(async () => ({
    default: (await import('../../features/second-factor/second-factor-page.tsx')).SecondFactorPage,
  })),
  lock: lazy(async () => ({ default: (await import('../../features/lock/lock-page.tsx')).LockPage })),
  face: lazy(async () => ({ default: (await import('../../features/face/face-page.tsx')).FacePage })),
  operator: lazy(async () => ({
    default: (await import('../../features/settings/operator-page.tsx')).OperatorPage,
  })),
  'call-doctor': lazy(async () => ({
    default: (await import('../../features/call/doctor/call-doctor-page.tsx')).CallDoctorPage,
  })),
  about: lazy(async () => ({ default: (await import('../../features/settings/about-page.tsx')).AboutPage })),
} as const
const PrivacyPage = lazy(async () => ({
  default: (await import('../../features/settings/privacy-page.tsx')).PrivacyPage,
}))
const PasswordPage = lazy(async () => ({
  default: (await import('../../features/settings/password-page.tsx')).PasswordPage,
}))
const BlockedList = lazy(async () => ({
  default: (await import('../../features/people/people-lists.tsx')).BlockedList,
}))
const HiddenList = lazy(async () => ({
  default: (await import('../../features/people/people-lists.tsx')).HiddenList,
}))

/** A page below 더보기, by the last part of its address. */
export function MorePane({ page }: { readonly page: string }) {
  const { t } = useTranslation()
  const { backTo, go, openProfile } = useAppNavigation()
  if (page === 'blocked' || page === 'hidden') {
    const List = page === 'blocked' ? BlockedList : HiddenList
    return (
      <Screen
        title={t(page === 'blocked' ? 'people.blockedList' : 'people.hiddenList')}
        onBack={() => backTo('/more/privacy')}
      >
        <Suspense fallback={<RowSkeletons count={3} />}>
          <List onOpenProfile={openProfile} />
        </Suspense>
      </Screen>
    )
  }
  if (!isSettingsPage(page)) return <EmptyState isError>{t('common.notFound')}</EmptyState>
  return (
    <Screen title={t(`settings.${page}`)} onBack={() => backTo('/more')} isBackOnPhonesOnly>
      <Suspense fallback={<RowSkeletons count={3} />}>
        <Page page={page} go={go} onDone={() => backTo('/more')} />
      </Suspense>
    </Screen>
  )
}

interface PageProps {
  readonly page: SettingsPage
  readonly go: (path: string) => void
  readonly onDone: () => void
}

function Page({ page, go, onDone }: PageProps) {
  if (page === 'privacy')
    return <PrivacyPage onOpenBlocked={() => go('/more/blocked')} onOpenHidden={() => go('/more/hidden')} />
  if (page === 'password') return <PasswordPage onDone={onDone} />
  const Shown = pages[page]
  return <Shown />
}
