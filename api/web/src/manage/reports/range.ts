/** The stretch of days a report is of, as its address and the service have it. */
export interface Range {
  from: string
  to: string
  period?: string
  weekday?: number
}

const DAY = 86_400_000
/** Until five in the morning it is still the evening before. */
const NIGHT_ENDS = 5 * 3_600_000

/** The service date of an instant in a zone (YYYY-MM-DD). */
export function serviceDate(now: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(now - NIGHT_ENDS))
}

/** As many days, the last of them `today`. */
export function lastDays(days: number, today: string): Range {
  return { from: daysBefore(today, days - 1), to: today }
}

export function daysBefore(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - days * DAY).toISOString().slice(0, 10)
}

/** How many of the last days a range is, 0 where it is another stretch. */
export function daysOf(range: Range, today: string): number {
  if (range.to !== today) return 0
  return Math.round((Date.parse(range.to) - Date.parse(range.from)) / DAY) + 1
}

/** The range that an address asks for, `otherwise` where it names no dates. */
export function rangeOf(query: URLSearchParams, otherwise: Range): Range {
  const [from, to] = [query.get('from'), query.get('to')]
  const range: Range = from && to ? { from, to } : { from: otherwise.from, to: otherwise.to }
  const [period, weekday] = [query.get('period'), Number(query.get('weekday'))]
  if (period) range.period = period
  if (weekday >= 1 && weekday <= 7) range.weekday = weekday
  return range
}

/** The query of an address that asks for a range. */
export function queryOf(range: Range): Record<string, string> {
  const query: Record<string, string> = { from: range.from, to: range.to }
  if (range.period) query.period = range.period
  if (range.weekday) query.weekday = `${range.weekday}`
  return query
}

/** Where the service keeps a report's file. */
export function csvAddress(key: string, range: Range): string {
  return `/manage/reports/${encodeURIComponent(key)}/csv?${new URLSearchParams(queryOf(range))}`
}
