/** Two soft notes, made on the spot: a fifth upward, a fifth of a second, quiet. Nothing to download. */
const notes = [
  { frequencyHz: 659.25, startSeconds: 0 },
  { frequencyHz: 987.77, startSeconds: 0.09 },
] as const
const peakGain = 0.05
const noteSeconds = 0.22

/** Plays it once. The caller keeps and closes the context; a context that may not sound yet stays silent. */
export function playReceived(context: AudioContext): void {
  for (const { frequencyHz, startSeconds } of notes) {
    const start = context.currentTime + startSeconds
    const oscillator = context.createOscillator()
    const gain = context.createGain()
    oscillator.type = 'sine'
    oscillator.frequency.value = frequencyHz
    gain.gain.setValueAtTime(0, start)
    gain.gain.linearRampToValueAtTime(peakGain, start + 0.015)
    gain.gain.exponentialRampToValueAtTime(0.0001, start + noteSeconds)
    oscillator.connect(gain).connect(context.destination)
    oscillator.start(start)
    oscillator.stop(start + noteSeconds)
  }
}
