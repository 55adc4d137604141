import type { AuthApi } from '@our-now/contracts/auth.ts'
import { AppError } from '@our-now/platform/errors/app-error.ts'
import type { ConfirmPassword } from '../passwords/confirm-password.ts'
import { asService, type Faces } from './face-way.ts'

interface EnrolFaceDeps {
  readonly confirmPassword: ConfirmPassword
  /** Undefined: no vision service. */
  readonly faces: Faces | undefined
}

/** A face signs in and unlocks the screen: whoever sits down at somebody's open device must not enrol their own. */
export function createEnrolFace({ confirmPassword, faces }: EnrolFaceDeps): AuthApi['enrolFace'] {
  return async (context, { password, shots }) => {
    if (faces === undefined) throw new AppError('face_off')
    const { userId } = (await confirmPassword(context, password)).account
    return faces.enrolShots(asService(context), { userId, shots })
  }
}
