import { Route, Routes, useNavigate, useParams } from 'react-router'
import { AuthScreen } from '../../features/auth/auth-screen.tsx'
import { ResetScreen } from '../../features/auth/reset-screen.tsx'
import { useAppSelector } from '../../state/hooks.ts'

/** Everything before signing in. The address stays: after signing in one is where one wanted to go. */
export function SignedOut() {
  const navigate = useNavigate()
  const wasEnded = useAppSelector(
    (state) => state.session.status === 'signed-out' && state.session.reason === 'ended',
  )
  const welcome = () => void navigate('/welcome', { replace: true })
  return (
    <Routes>
      <Route path="/join/:code" element={<Join onRegistered={welcome} />} />
      <Route path="/reset/:code" element={<Reset />} />
      {/* A friend's link is where a new person goes on, not the general welcome. */}
      <Route
        path="/add/:code"
        element={<AuthScreen wasEnded={wasEnded} isFromFriend onRegistered={() => undefined} />}
      />
      {/* So is the door of a video room. */}
      <Route
        path="/video/:code"
        element={<AuthScreen wasEnded={wasEnded} onRegistered={() => undefined} />}
      />
      <Route path="*" element={<AuthScreen wasEnded={wasEnded} onRegistered={welcome} />} />
    </Routes>
  )
}

function Join({ onRegistered }: { readonly onRegistered: () => void }) {
  const { code } = useParams()
  return <AuthScreen inviteCode={code} onRegistered={onRegistered} />
}

/** Also for those who are signed in: the link may be opened where one still is. */
export function Reset() {
  const { code = '' } = useParams()
  const navigate = useNavigate()
  return <ResetScreen code={code} onDone={() => void navigate('/', { replace: true })} />
}
