/** A short sound, made here: two soft tones. Browsers play none before the page was touched. */

const NOTES = [
  [0, 659],
  [0.16, 880],
] as const
const LENGTH_S = 0.5
const LOUDNESS = 0.22

let context: AudioContext | undefined

/** From the first tap on, sounds may be made. */
export function allowSound(): () => void {
  const allow = () => {
    context ??= new AudioContext()
    void context.resume()
  }
  window.addEventListener('pointerdown', allow, { capture: true, passive: true })
  return () => window.removeEventListener('pointerdown', allow, { capture: true })
}

export function chime(): void {
  if (!context) return
  const now = context.currentTime
  for (const [after, pitch] of NOTES) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.0001, now + after)
    volume.gain.exponentialRampToValueAtTime(LOUDNESS, now + after + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, now + after + LENGTH_S)
    tone.connect(volume).connect(context.destination)
    tone.start(now + after)
    tone.stop(now + after + LENGTH_S)
  }
}
