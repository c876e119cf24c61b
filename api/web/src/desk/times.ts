/** The starts of a day as the desk shows them: every slot of the hours, free or not. */
import type { components } from '../lib/wire.d'

export type Slot = components['schemas']['Slot']

export interface TimeShown {
  start: string
  /** Null where nothing is free then: shown struck through, because a guest asks for it by name. */
  slot: Slot | null
}

/** Free slots by area, each start once; between the first and the last the taken ones too. */
export function timesShown(slots: readonly Slot[], stepMinutes: number): TimeShown[] {
  const free = new Map(slots.map((slot) => [Date.parse(slot.start), slot]))
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
