import { codeOf } from '@our-now/client/client-error.ts'
import { FaceCheck } from '../../shared/camera/face-check.tsx'
import { useErrorText } from '../../shared/i18n/use-error-text.ts'
import { useClient } from '../../state/hooks.ts'

export interface FaceStepProps {
  readonly pendingToken: string
  /** This sign-in is over: the password has to be typed again. */
  readonly onEnded: (failure: string) => void
  /** The face cannot be shown now: another way is needed. */
  readonly onLocked: (why: string) => void
}

/** The second step before the camera. On success the session changes and the app takes over. */
export function FaceStep({ pendingToken, onEnded, onLocked }: FaceStepProps) {
  const client = useClient()
  const errorText = useErrorText()
  return (
    <FaceCheck
      begin={() => client.api.beginFaceStep({ pendingToken })}
      complete={async (challengeId, frames) => {
        const outcome = await client.session.completeSignInByFace({ pendingToken, challengeId, frames })
        return 'status' in outcome ? outcome : undefined
      }}
      onLocked={onLocked}
      onFailed={(error) => {
        if (codeOf(error) !== 'sign_in_ended') return false
        onEnded(errorText(error))
        return true
      }}
    />
  )
}
