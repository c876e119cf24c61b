/** The starts of a day as the desk shows them: every slot of the hours, free or not. */
import type { components } from '../lib/wire.d'

export type Slot = components['schemas']['Slot']

export interface TimeShown {
  start: string
  /** Null where nothing is free then: shown struck through, because a guest asks for it by name. */
  slot: Slot | null
}

/**
 * The free starts from `now` (milliseconds) on; between the first and the last the taken ones too.
 * The engine books a start of some minutes ago as well, for a party that is here: the door does that.
 */
export function timesShown(
  slots: readonly Slot[],
  stepMinutes: number,
  now = Number.NEGATIVE_INFINITY,
): TimeShown[] {
  const ahead = slots.filter((slot) => Date.parse(slot.start) >= now)
  const free = new Map(ahead.map((slot) => [Date.parse(slot.start), slot]))
  const starts = [...free.keys()].sort((a, b) => a - b)
  const [first, last] = [starts[0], starts.at(-1)]
  if (first === undefined || last === undefined) return []
  const shown: TimeShown[] = []
  for (let at = first; at <= last; at += stepMinutes * 60_000) {
    shown.push({ start: new Date(at).toISOString(), slot: free.get(at) ?? null })
  }
  return shown
}

/** A date of the calendar so many days later, both as YYYY-MM-DD. */
export function daysLater(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}
