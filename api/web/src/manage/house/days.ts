/** Dates and weekdays of the house, as they are sent and as they are said. */
import { words } from '../../lib/words.svelte'
import { DAYS, type Day, inWeekOrder } from './document'

/** The date of an instant (ms) by the clocks of a zone, as YYYY-MM-DD. */
export function dayOf(instant: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(instant)
}

/** The day after. */
export function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

/** A weekday's name: `short` as "Fri". */
export function dayName(day: Day, form: 'short' | 'long' = 'short'): string {
  // 2 November 2026 is a Monday.
  const date = new Date(Date.UTC(2026, 10, 2 + DAYS.indexOf(day)))
  return new Intl.DateTimeFormat(words.locale, { weekday: form, timeZone: 'UTC' }).format(date)
}

/** "Mon to Thu, Sat": days that follow each other as a stretch from three on. */
export function dayStretches(days: readonly Day[]): Day[][] {
  const found: Day[][] = []
  for (const day of inWeekOrder(days)) {
    const last = found.at(-1)
    const follows = last && DAYS.indexOf(day) === DAYS.indexOf(last.at(-1) as Day) + 1
    if (follows) last.push(day)
    else found.push([day])
  }
  return found.flatMap((each) => (each.length < 3 ? each.map((day) => [day]) : [each]))
}

/** Weekdays in words, `every` where it is all of them. */
export function daysSaid(days: readonly Day[], every: string): string {
  if (!days.length || days.length === DAYS.length) return every
  const parts = dayStretches(days).map((each) => {
    const [first, last] = [each[0] as Day, each.at(-1) as Day]
    return first === last ? dayName(first) : `${dayName(first)} – ${dayName(last)}`
  })
  return parts.join(', ')
}
