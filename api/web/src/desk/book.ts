/** The book of a day: which reservations, in which order, found by what. */
import type { Entry } from './desk.svelte'

const ENDED = new Set(['cancelled', 'declined', 'no_show', 'walked'])

export function isEnded(entry: Pick<Entry, 'state'>): boolean {
  return ENDED.has(entry.state)
}

/** By start, what has ended without a visit last; requests before what is booked for the same time. */
export function inOrder<E extends Pick<Entry, 'state' | 'starts' | 'name'>>(
  entries: readonly E[],
): E[] {
  const rank = (entry: E): number => (isEnded(entry) ? 1 : 0)
  const asks = (entry: E): number => (entry.state === 'requested' ? 0 : 1)
  return [...entries].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      Date.parse(a.starts) - Date.parse(b.starts) ||
      asks(a) - asks(b) ||
      a.name.localeCompare(b.name),
  )
}

/** What was typed, as the search takes it: a code, the end of a number, or parts of a name. */
export function soughtBy(
  typed: string,
): { name: string } | { phone: string } | { code: string } | null {
  const text = typed.trim()
  const digits = text.replace(/[^\d]/g, '')
  if (digits.length >= 4 && /^[\d\s()+./-]+$/.test(text)) return { phone: text }
  if (/^(?=.*\d)[A-Z0-9-]{4,20}$/.test(text)) return { code: text }
  return text.length >= 2 ? { name: text } : null
}
