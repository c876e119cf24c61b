/** What a letter says, as sentences for each of its parts; what was not there is not spoken of. */

import type { components } from '../../lib/wire.d'
import { money, t } from '../../lib/words.svelte'

export type Letter = components['schemas']['Letter']

const ONE_DIGIT = 10

/** How often a table was taken on average. */
export function turnsOf(letter: Letter): number {
  const { table_uses, tables } = letter.evening
  return tables ? Math.round((table_uses / tables) * ONE_DIGIT) / ONE_DIGIT : 0
}

/** How the reservations and the checks came out. */
export function eveningLines(letter: Letter, currency: string): string[] {
  const { promised, evening, checks } = letter
  const lines = [
    promised.promised || promised.cancelled
      ? t('letter-reservations', {
          count: promised.promised,
          missed: promised.no_shows,
          off: promised.cancelled,
        })
      : t('letter-reservations-none'),
  ]
  if (evening.parties) {
    const minutes = Math.round(evening.stay_minutes ?? 0)
    lines.push(t('letter-turns', { turns: turnsOf(letter), minutes }))
  }
  if (!checks.checks) return lines
  const each = money(checks.covers ? Math.round(checks.total / checks.covers) : 0, currency)
  const tip = checks.total ? Math.round((checks.tip / checks.total) * 1000) / ONE_DIGIT : 0
  return [...lines, t('letter-checks', { total: money(checks.total, currency), each, tip })]
}

/** Whether the waits told to those without a table were kept. */
export function quoteLine(letter: Letter): string {
  const { quoted, seated, late, gone, worst_minutes } = letter.quotes
  if (!quoted) return t('letter-quotes-none')
  const worst = Math.max(0, Math.round(worst_minutes ?? 0))
  const said = { quoted, seated, late, gone, worst }
  return t(late ? 'letter-quotes-late' : 'letter-quotes-kept', said)
}

/** What was told of promised parties, against what happened. */
export function toldLines(letter: Letter): string[] {
  const { told, waits_told, waited, walks_told, walked_of_told, walked } = letter.promised
  if (!told) return [t('letter-told-none', { walked })]
  return [
    t('letter-told-waits', { told, expected: rounded(waits_told), waited }),
    t('letter-told-walks', { expected: rounded(walks_told), walked: walked_of_told }),
  ]
}

function rounded(expected: number | null | undefined): number {
  return Math.round((expected ?? 0) * ONE_DIGIT) / ONE_DIGIT
}

/** An amount that is no more than an estimate: without cents where it comes to ten whole ones. */
export function about(minor: number, currency: string): string {
  const whole = minor >= 1000 ? Math.round(minor / 100) * 100 : minor
  return money(whole, currency)
}

type Group = Letter['given']['never'][number]

/** A single evening says nothing of its weekday. */
function groupsOf(groups: readonly Group[]): Group[] {
  return groups.filter((each) => each.by !== 'weekday')
}

/** Sizes that have a word of their own. */
const SIZES: Record<string, string> = { '1': 'alone', '5 and more': 'many' }

function groupSaid({ by, key }: Group): string {
  return t('letter-group', { by, key: SIZES[key] ?? key })
}

/** The groups of which some received a gesture, with how many of how many parties. */
export function receivedSaid(letter: Letter): string[] {
  return groupsOf(letter.given.received)
    .filter((each) => each.received.count > 0)
    .map((each) => {
      const { count, of } = each.received
      return t('letter-received-group', { group: groupSaid(each), count, of })
    })
}

/** The groups that received nothing. */
export function neverSaid(letter: Letter): string[] {
  return groupsOf(letter.given.never).map(groupSaid)
}
