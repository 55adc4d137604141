/** How long a microphone is listened to, and how often, in ms. */
const listenMs = 2_500
const lookMs = 50
/** A switched-off microphone gives zeros; the quietest room gives more than this. */
const quietest = 1e-4

/** Whether a microphone hears anything at all: the breath of a room is enough. The track stays the caller's. */
export async function hearsAnything(track: MediaStreamTrack): Promise<boolean> {
  const context = new AudioContext()
  try {
    const analyser = context.createAnalyser()
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    const untilMs = performance.now() + listenMs
    while (performance.now() < untilMs) {
      analyser.getFloatTimeDomainData(samples)
      if (samples.some((sample) => Math.abs(sample) > quietest)) return true
      await new Promise((resolve) => setTimeout(resolve, lookMs))
    }
    return false
  } finally {
    await context.close()
  }
}
