/** Business time on the tablet: the service's, carried on by this machine's clock between its answers. */

let anchor = Date.now()
let since = performance.now()
let rate = $state(1)
let now = $state(Date.now())

export const clock = {
  /** Business time in milliseconds; moves once a second. */
  get now(): number {
    return now
  },
  /** Business seconds in a second. */
  get rate(): number {
    return rate
  },
}

/** The service's time, and how many business seconds pass in a second (a demo's may be 60). */
export function setTime(instant: string, running = 1): void {
  anchor = Date.parse(instant)
  since = performance.now()
  rate = running
  now = anchor
}

/** Keep the clock going; the returned function stops it. */
export function runClock(): () => void {
  const timer = setInterval(() => {
    now = anchor + (performance.now() - since) * rate
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
