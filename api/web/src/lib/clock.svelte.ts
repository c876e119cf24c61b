/** Business time on the tablet: the service's, carried on by this machine's clock between its answers. */
import { agreedRate, type Reading, rateBetween } from './rate'

let anchor: Reading = { service: Date.now(), machine: performance.now() }
let measured: Reading | null = null
let estimate: number | null = null
let rate = 1
let now = $state(Date.now())

export const clock = {
  /** Business time in milliseconds; moves once a second. */
  get now(): number {
    return now
  },
}

/** The service's time, as it answered just now. */
export function setTime(instant: string): void {
  anchor = { service: Date.parse(instant), machine: performance.now() }
  now = anchor.service
  const found = measured && rateBetween(measured, anchor)
  if (measured && found === null) return
  measured = anchor
  if (found === null) return
  rate = agreedRate(rate, estimate, found)
  estimate = found
}

/** Keep the clock going; the returned function stops it. */
export function runClock(): () => void {
  const timer = setInterval(() => {
    now = anchor.service + (performance.now() - anchor.machine) * rate
  }, 1000)
  return () => clearInterval(timer)
}

/** Whole minutes from one instant to another, rounded down. */
export function minutesBetween(from: string | number, to: string | number): number {
  const [start, end] = [from, to].map((each) =>
    typeof each === 'number' ? each : Date.parse(each),
  )
  return Math.floor(((end ?? 0) - (start ?? 0)) / 60_000)
}
