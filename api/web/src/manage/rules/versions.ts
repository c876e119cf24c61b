/** The versions of the rules: which is in force on a date, which are drafts, when one will hold. */
import type { components } from '../../lib/wire.d'

export type RulesVersion = components['schemas']['RulesVersion']

/** In force on a service date: of those published until then the latest date, then the latest deed. */
export function inForceOn(
  versions: readonly RulesVersion[],
  date: string,
): RulesVersion | undefined {
  const holding = versions.filter(
    (each) => each.state === 'published' && each.from_date !== null && each.from_date <= date,
  )
  return holding.reduce<RulesVersion | undefined>(
    (last, each) => (last && !isLater(each, last) ? last : each),
    undefined,
  )
}

function isLater(one: RulesVersion, other: RulesVersion): boolean {
  const [a, b] = [one, other].map((each) => [
    each.from_date ?? '',
    each.published_at ?? '',
    String(each.version).padStart(10, '0'),
  ])
  return `${a}` > `${b}`
}

export type Standing = 'force' | 'later' | 'draft' | 'past' | 'withdrawn'

/** What a version is on a date: in force, to come, a draft, one of before. */
export function standingOf(
  version: RulesVersion,
  versions: readonly RulesVersion[],
  date: string,
): Standing {
  if (version.state === 'draft') return 'draft'
  if (version.state === 'withdrawn') return 'withdrawn'
  if ((version.from_date ?? '') > date) return 'later'
  return inForceOn(versions, date)?.version === version.version ? 'force' : 'past'
}

/** A service date so many days on. */
export function daysOn(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + days)
  return day.toISOString().slice(0, 10)
}

/** The day of an instant in the venue's zone: YYYY-MM-DD. */
export function dayOf(instant: string | number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(
    new Date(instant),
  )
}
