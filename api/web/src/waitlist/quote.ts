/** A quote as it runs: kept as given, counted down, then up (STAND.md 19). */

/** `soon` at five minutes, `due` at nought, `over` once it is missed; `open`: nothing was quoted. */
export type QuotePhase = 'open' | 'running' | 'soon' | 'due' | 'over'

export interface RunningQuote {
  phase: QuotePhase
  /** What is left of it, or by how much it was missed, in whole minutes. */
  minutes: number
}

const SOON_MINUTES = 5
const STEP_MINUTES = 5
const LONGEST_MINUTES = 600

/** What is left of a quote given at an instant; `now` in milliseconds. */
export function runningQuote(
  given: { joined_at: string; quoted_minutes: number | null },
  now: number,
): RunningQuote {
  const waited = Math.floor((now - Date.parse(given.joined_at)) / 60_000)
  if (given.quoted_minutes === null) return { phase: 'open', minutes: Math.max(0, waited) }
  const left = given.quoted_minutes - waited
  if (left > SOON_MINUTES) return { phase: 'running', minutes: left }
  if (left > 0) return { phase: 'soon', minutes: left }
  return left === 0 ? { phase: 'due', minutes: 0 } : { phase: 'over', minutes: -left }
}

/** A wait in minutes: likely, where it is an estimate of ours, and at the latest. */
export interface Band {
  likely: number | null
  latest: number
}

/** The band of a wait told as `latest`: the estimate's, unless another wait was named. */
export function bandOf(latest: number, estimate: Band | null): Band {
  return estimate?.latest === latest ? estimate : { likely: null, latest }
}

/** The message that tells a band, or only its end, and its numbers. */
export function bandWords(both: string, end: string, band: Band): [string, Record<string, number>] {
  return band.likely === null
    ? [end, { latest: band.latest }]
    : [both, { likely: band.likely, latest: band.latest }]
}

/** A quote changed by one tap: five minutes more or less, never below nought. */
export function changed(minutes: number, by: 1 | -1): number {
  const step =
    by > 0 ? Math.floor(minutes / STEP_MINUTES) + 1 : Math.ceil(minutes / STEP_MINUTES) - 1
  return Math.min(Math.max(0, step * STEP_MINUTES), LONGEST_MINUTES)
}
