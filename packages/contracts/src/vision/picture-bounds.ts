/** Bytes of pictures that one request may carry in all. In base64 they stay below what a service call takes. */
export const maxPictureBytes = 2_600_000
/** Bytes of one shot or frame: a JPEG of 640 × 480 has about 60,000. */
export const maxFrameBytes = 400_000
/** How many shots an enrolment is made of. */
export const shotBounds = { minItems: 3, maxItems: 6 } as const
/** How many frames a sequence has: about four a second. */
export const frameBounds = { minItems: 4, maxItems: 24 } as const
