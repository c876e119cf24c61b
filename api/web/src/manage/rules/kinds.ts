/** The usual kinds of values, each shown as the house says it. */
import { stand } from '../../lib/stand.svelte'
import { money, t, words } from '../../lib/words.svelte'
import type { Day, NumberValue, Path } from './values'
import { WEEK } from './values'

type Limits = Partial<Pick<NumberValue, 'min' | 'max' | 'step' | 'none' | 'extra' | 'from'>>

function numberOf(
  path: Path,
  name: string,
  own: Partial<NumberValue>,
  limits: Limits,
): NumberValue {
  const usual = { scale: 1, min: 0, max: 1000, step: 1, shown: (stored: number) => `${stored}` }
  return { kind: 'number', path, name, ...usual, ...own, ...limits }
}

export function count(path: Path, name: string, limits: Limits = {}): NumberValue {
  return numberOf(path, name, {}, limits)
}

export function minutes(path: Path, name: string, limits: Limits = {}): NumberValue {
  return numberOf(path, name, { step: 5, max: 1440, shown: spanOf }, limits)
}

export function percent(path: Path, name: string, limits: Limits = {}): NumberValue {
  return numberOf(path, name, { scale: 0.01, max: 100, shown: percentOf }, limits)
}

export function factor(path: Path, name: string, limits: Limits = {}): NumberValue {
  return numberOf(path, name, { max: 100, step: 0.5, shown: (each) => decimal(each, 2) }, limits)
}

/** An amount in minor units, touched in whole ones. */
export function amount(path: Path, name: string, limits: Limits = {}): NumberValue {
  const currency = currencyOf()
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  const scale = 10 ** (digits.maximumFractionDigits ?? 2)
  const own = { scale, max: 100_000_000 / scale, shown: (minor: number) => money(minor, currency) }
  return numberOf(path, name, own, limits)
}

export function currencyOf(): string {
  return stand.house?.venue.currency ?? 'EUR'
}

/** So many minutes as people say them: 45 min, 2 h, 1 h 30. */
export function spanOf(span: number): string {
  const [hours, rest] = [Math.floor(span / 60), span % 60]
  if (span < 60 || (span < 90 && rest)) return t('rules-span-minutes', { minutes: span })
  return rest ? t('rules-span-both', { hours, minutes: rest }) : t('rules-span-hours', { hours })
}

export function percentOf(share: number): string {
  return t('rules-percent', { share: decimal(share * 100, 1) })
}

function decimal(number: number, digits: number): string {
  return new Intl.NumberFormat(words.locale, { maximumFractionDigits: digits }).format(number)
}

/** Days of the week in a word: Fri, Sat; every day. */
export function daysOf(days: readonly Day[]): string {
  if (days.length === 0 || days.length === WEEK.length) return t('rules-every-day')
  const chosen = WEEK.filter((day) => days.includes(day))
  return new Intl.ListFormat(words.locale, { type: 'unit' }).format(chosen.map(dayName))
}

/** A day of the week, short. */
export function dayName(day: Day): string {
  // 1 January 2024 was a Monday.
  const date = new Date(Date.UTC(2024, 0, 1 + WEEK.indexOf(day)))
  return new Intl.DateTimeFormat(words.locale, { weekday: 'short', timeZone: 'UTC' }).format(date)
}

/** How large a share of parties, as a frequency: 1 in 6. */
export function oneIn(share: number): string {
  if (share >= 1) return t('rules-all-parties')
  if (share <= 0) return t('rules-no-party')
  return t('rules-one-in', { count: decimal(1 / share, 1) })
}
