/** How a figure of a report is written: in a table, and as the number it is sorted and drawn by. */
import { money, words } from '../../lib/words.svelte'
import type { Column, Figure } from './reports'

const NONE = '–'

/** As the table shows it: a share with its interval, or as the few cases it is. */
export function written(
  figure: Figure | undefined,
  kind: Column['kind'],
  currency: string,
): string {
  const value = figure?.value
  if (figure === undefined || value === null || value === undefined) return NONE
  if (kind === 'share') return share(figure, value)
  return numberOf(value, kind, currency, 1)
}

/** `least`: the digits that a number has behind its point at least; those of a table stand alike. */
export function numberOf(value: number, kind: Column['kind'], currency: string, least = 0): string {
  if (kind === 'money') return money(Math.round(value), currency)
  if (kind === 'share') return percent(value)
  const digits =
    kind === 'number'
      ? { minimumFractionDigits: least, maximumFractionDigits: 1 }
      : { maximumFractionDigits: 0 }
  return new Intl.NumberFormat(words.locale, digits).format(value)
}

function percent(value: number, digits = 0): string {
  return `${whole(100 * value, digits)}\u00a0%`
}

function whole(value: number, digits: number): string {
  const form = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return new Intl.NumberFormat(words.locale, form).format(value)
}

/** An interval is written with the digits that tell its ends apart, one at most, or left out. */
function share(figure: Figure, value: number): string {
  const { low, high } = figure
  if (typeof low === 'number' && typeof high === 'number') {
    const ends = (digits: number) => [low, high].map((each) => whole(100 * each, digits))
    for (const digits of [0, 1]) {
      const [from, to] = ends(digits)
      if (from !== to) return `${percent(value, digits)} (${from}–${to})`
    }
    return percent(value, 1)
  }
  if (typeof figure.cases === 'number') return `${figure.cases}/${figure.of}`
  return percent(value)
}
