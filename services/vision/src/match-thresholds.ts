/**
 * Smallest cosine similarities that count, for `dlib-resnet34-mirror`: from 2.69 million pairs of different people of LFW
 * (docs/face-data.md). Another model needs its own.
 */
export const matchThresholds = {
  /** One of 10,000 pairs of strangers is above it: for signing in. */
  signIn: 0.944,
  /** One of 1,000: for a suggestion that a person confirms. */
  suggestion: 0.93,
  /** One of 100: that two pictures of one sitting do not show two people. */
  samePerson: 0.912,
} as const
