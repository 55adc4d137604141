import { lazy, Suspense, useEffect, useState } from 'react'
import { Navigate, Route, Routes, useNavigate, useParams } from 'react-router'
import { CallProvider } from '../features/call/call-provider.tsx'
import { deviceLock } from '../features/lock/device-lock.ts'
import { useLock } from '../features/lock/use-lock.ts'
import { clearDrafts } from '../features/room/composer/drafts.ts'
import { useAppSelector } from '../state/hooks.ts'
import { DialogHost } from './navigation/dialog-host.tsx'
import { useAppNavigation } from './navigation/use-app-navigation.ts'
import { useAppUpdates } from './pwa/use-app-updates.ts'
import { Splash } from './session/splash.tsx'
import { Shell } from './shell/shell.tsx'

/** Unlocking is using it. */
const unlock = () => {
  deviceLock.noteUsed(Date.now())
  deviceLock.unlock()
}

const SignedOut = lazy(async () => ({ default: (await import('./session/signed-out.tsx')).SignedOut }))
const Reset = lazy(async () => ({ default: (await import('./session/signed-out.tsx')).Reset }))
const WelcomeScreen = lazy(async () => ({
  default: (await import('../features/people/welcome-screen.tsx')).WelcomeScreen,
}))
const LockScreen = lazy(async () => ({
  default: (await import('../features/lock/lock-screen.tsx')).LockScreen,
}))
const LobbyScreen = lazy(async () => ({
  default: (await import('../features/video-room/lobby-screen.tsx')).LobbyScreen,
}))
const FriendInviteScreen = lazy(async () => ({
  default: (await import('../features/people/friend-invite-screen.tsx')).FriendInviteScreen,
}))

/** Who is here decides what there is: nobody yet, somebody to sign in, or the app. */
export function App() {
  const status = useAppSelector((state) => state.session.status)
  useAppUpdates()
  useEffect(() => {
    if (status !== 'signed-out') return
    clearDrafts(localStorage)
    deviceLock.unlock()
  }, [status])
  if (status === 'restoring') return <Splash />
  return <Suspense fallback={<Splash />}>{status === 'signed-out' ? <SignedOut /> : <SignedIn />}</Suspense>
}

function SignedIn() {
  const { go, openRoom } = useAppNavigation()
  const userId = useAppSelector((state) =>
    state.session.status === 'signed-in' ? state.session.account.userId : '',
  )
  const [isCalling, setCalling] = useState(false)
  const isLocked = useLock(userId, isCalling)
  return (
    <CallProvider
      isLocked={isLocked}
      onCalling={setCalling}
      onOpenRoom={openRoom}
      onOpenDoctor={() => go('/more/call-doctor')}
    >
      {isLocked ? (
        <LockScreen userId={userId} onUnlocked={unlock} />
      ) : (
        <Routes>
          <Route path="/welcome" element={<Welcome />} />
          <Route path="/add/:code" element={<FriendInvite />} />
          <Route path="/video/:code" element={<Lobby />} />
          <Route path="/reset/:code" element={<Reset />} />
          <Route path="/friends" element={<Shell />} />
          <Route path="/chats/:roomId?" element={<Shell />} />
          <Route path="/more/:page?" element={<Shell />} />
          <Route path="*" element={<Navigate to="/chats" replace />} />
        </Routes>
      )}
    </CallProvider>
  )
}

function Welcome() {
  const { go, openDialog } = useAppNavigation()
  return (
    <>
      <WelcomeScreen onFind={() => openDialog('find-friend')} onStart={() => go('/chats', true)} />
      <DialogHost />
    </>
  )
}

function Lobby() {
  const { code = '' } = useParams()
  const navigate = useNavigate()
  const to = (path: string) => void navigate(path, { replace: true })
  return <LobbyScreen code={code} onEnter={(roomId) => to(`/chats/${roomId}`)} onLeave={() => to('/chats')} />
}

function FriendInvite() {
  const { code = '' } = useParams()
  const navigate = useNavigate()
  const { openChat } = useAppNavigation()
  return (
    <FriendInviteScreen
      code={code}
      onOpenChat={openChat}
      onLeave={() => void navigate('/friends', { replace: true })}
    />
  )
}
