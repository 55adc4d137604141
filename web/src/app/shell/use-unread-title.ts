import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppSelector } from '../../state/hooks.ts'
import { badgeText, selectTotalUnread } from '../../state/room-selectors.ts'

/** How many messages wait, in the tab's title and on the installed app's icon. */
export function useUnreadTitle(): void {
  const { t } = useTranslation()
  const unread = useAppSelector(selectTotalUnread)
  const name = t('common.appName')
  useEffect(() => {
    document.title = unread === 0 ? name : `(${badgeText(unread)}) ${name}`
    // Refused where the app is not installed; there is no icon then.
    if ('setAppBadge' in navigator) void navigator.setAppBadge(unread).catch(() => undefined)
  }, [unread, name])
  useEffect(
    () => () => {
      document.title = name
      if ('clearAppBadge' in navigator) void navigator.clearAppBadge().catch(() => undefined)
    },
    [name],
  )
}
