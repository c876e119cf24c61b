/** The starts of a day as the desk shows them: every slot of the hours, free or not. */
import type { components } from '../lib/wire.d'

export type Slot = components['schemas']['Slot']

/** Starts asked for by name; of a service: from its opening to its last seating. */
export interface Hours {
  name: string
  opens: string
  last_seating: string
}

export interface TimeShown {
  start: string
  /** Null where nothing is free then: shown struck through, because a guest asks for it by name. */
  slot: Slot | null
}

/** The starts of one service, by its name. */
export interface ServiceTimes {
  name: string
  times: TimeShown[]
}

/**
 * Every start of the services from `now` (milliseconds) on, free or not; services that are over
 * have none. A free start outside all of them stands with the service before it.
 * The engine books a start of some minutes ago as well, for a party that is here: the door does that.
 */
export function timesShown(
  slots: readonly Slot[],
  services: readonly Hours[],
  stepMinutes: number,
  now = Number.NEGATIVE_INFINITY,
): ServiceTimes[] {
  const free = new Map(slots.map((slot) => [Date.parse(slot.start), slot]))
  const inOrder = [...services].sort((a, b) => Date.parse(a.opens) - Date.parse(b.opens))
  const shown = inOrder.map((service, place) => {
    const opens = place ? Date.parse(service.opens) : Number.NEGATIVE_INFINITY
    const next = Date.parse(inOrder[place + 1]?.opens ?? '') || Number.POSITIVE_INFINITY
    const own = [...free.keys()].filter((at) => at >= opens && at < next)
    const starts = new Set([...startsOf(service, stepMinutes), ...own])
    const ahead = [...starts].filter((at) => at >= now).sort((a, b) => a - b)
    const times = ahead.map((at) => ({
      start: new Date(at).toISOString(),
      slot: free.get(at) ?? null,
    }))
    return { name: service.name, times }
  })
  return shown.filter((each) => each.times.length)
}

function startsOf(service: Hours, stepMinutes: number): number[] {
  const [first, last] = [Date.parse(service.opens), Date.parse(service.last_seating)]
  const starts: number[] = []
  for (let at = first; at <= last; at += stepMinutes * 60_000) starts.push(at)
  return starts
}

/** Where a start is, said shortly: the areas, or all but those that are fewer. Keys of areas in. */
export function whereOf(
  free: readonly string[],
  all: readonly string[],
): { kind: 'anywhere' } | { kind: 'in' | 'but'; areas: string[] } {
  const missing = all.filter((each) => !free.includes(each))
  if (!missing.length || all.length < 2) return { kind: 'anywhere' }
  if (missing.length < 2 && free.length > 2) return { kind: 'but', areas: missing }
  return { kind: 'in', areas: all.filter((each) => free.includes(each)) }
}

/** A date of the calendar so many days later, both as YYYY-MM-DD. */
export function daysLater(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}

/** The date that an instant has in a zone, as YYYY-MM-DD. */
export function dateAt(instant: string, zone: string): string {
  const parts = { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' } as const
  return new Intl.DateTimeFormat('en-CA', parts).format(new Date(instant))
}
