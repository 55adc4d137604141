/** A soft call of three notes, made on the spot, again and again. Nothing to download. */
const notesHz = [523.25, 659.25, 783.99] as const
const noteSeconds = 0.35
const peakGain = 0.06
const everyMs = 2_500

/** Rings until the answered function is called. Where the browser allows no sound yet it stays silent. */
export function startRingTone(): () => void {
  const context = new AudioContext()
  const play = (): void => {
    if (context.state !== 'running') return
    for (const [at, frequencyHz] of notesHz.entries()) {
      const start = context.currentTime + at * noteSeconds * 0.6
      const oscillator = context.createOscillator()
      const gain = context.createGain()
      oscillator.frequency.value = frequencyHz
      gain.gain.setValueAtTime(0, start)
      gain.gain.linearRampToValueAtTime(peakGain, start + 0.03)
      gain.gain.exponentialRampToValueAtTime(0.0001, start + noteSeconds)
      oscillator.connect(gain).connect(context.destination)
      oscillator.start(start)
      oscillator.stop(start + noteSeconds)
    }
  }
  void context.resume().then(play, () => undefined)
  const timer = setInterval(play, everyMs)
  return () => {
    clearInterval(timer)
    void context.close()
  }
}
