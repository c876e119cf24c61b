/** The few words beside a name: allergy first, then what has to be decided, then who they are. */
import type { TableState } from '../floor/state'
import type { Reservation, Seating } from '../lib/wire'
import type { Sight } from './rows'

export type Tone = 'plain' | 'late' | 'kept' | 'care' | 'here'

export interface Mark {
  /** A message of words/list; its `time` is this instant. */
  key: string
  params: Record<string, string | number>
  time?: string
  tone: Tone
  /** About a person: it folds away (STAND.md 22). */
  personal: boolean
}

/** The marks of a party; `risk`: the chance that it waits, where it was promised beyond the room. */
export function partyMarks(one: Reservation, sight: Sight, risk: number | undefined): Mark[] {
  const tables = one.tables.map((id) => sight.states.get(id))
  const over = tables.find((table) => table?.kind === 'over' && one.state !== 'seated')
  const toCome = one.state === 'booked' || one.state === 'arrived'
  return [
    ...allergy(one.allergies),
    ...when(one.called_at, (time) =>
      one.coming_at
        ? mark('list-mark-coming', 'here', {
            minutes: minutesSince(one.coming_at ?? time, sight.now),
          })
        : mark('list-mark-called', 'here', { minutes: minutesSince(time, sight.now) }),
    ),
    ...when(one.state === 'arrived' && !one.called_at && one.arrived_at, (time) =>
      here(one, time, sight.now),
    ),
    ...when(over, ({ id, over: minutes }) =>
      mark('list-mark-over', 'late', { table: id, minutes }),
    ),
    ...when(one.unread, (count) => mark('list-mark-wrote', 'here', { count })),
    ...when(one.state === 'booked' && one.coming_at, () => mark('list-mark-on-way', 'here')),
    ...when(one.state === 'booked' && one.late_until, (time) =>
      mark('list-mark-told-late', 'plain', {}, time),
    ),
    ...when(toCome && risk, (chance) =>
      mark('list-mark-risk', 'kept', { evenings: oneIn(chance) }, undefined, true),
    ),
    ...when(toCome && one.exposed && one.tables.length > 0, () =>
      mark('list-mark-exposed', 'kept'),
    ),
    ...when(one.needs.step_free, () => mark('list-mark-step-free', 'care')),
    ...when(one.needs.high_chairs, (count) => mark('list-mark-high-chairs', 'care', { count })),
    ...when(one.needs.quiet, () => mark('list-mark-quiet', 'care')),
    ...when(one.state === 'arrived' && one.where, (where) =>
      mark(`list-mark-at-${where}`, 'plain'),
    ),
    ...when(one.place_owed && one.state === 'no_show', () => mark('list-mark-owed', 'plain')),
    ...visits(one),
    ...(one.tags ?? []).map((tag) => mark('list-mark-tag', 'plain', { tag }, undefined, true)),
    ...when(one.reconfirmed_at && one.state === 'booked', () =>
      mark('list-mark-reconfirmed', 'plain'),
    ),
    ...when(one.special_request || one.notes || one.guest_notes, () =>
      mark('list-mark-note', 'plain', {}, undefined, true),
    ),
  ]
}

export function seatedMarks(
  seating: Seating,
  guest: Reservation | undefined,
  state: TableState | undefined,
): Mark[] {
  const next = state?.clash ? state.next : null
  return [
    ...allergy(seating.allergies ?? guest?.allergies ?? ''),
    ...when(next, ({ name, starts }) => mark('list-mark-next', 'plain', { name }, starts)),
    ...when(seating.state === 'check_down', () => mark('list-mark-check', 'plain')),
    ...when(seating.state === 'paid', () => mark('list-mark-paid', 'plain')),
    ...when(guest && guest.arrived > 0 && guest.arrived < guest.party_size ? guest : null, (one) =>
      mark('list-mark-sits', 'here', { arrived: one.arrived, size: one.party_size }),
    ),
    ...when(seating.notes, () => mark('list-mark-note', 'plain', {}, undefined, true)),
  ]
}

function allergy(words: string): Mark[] {
  return words ? [mark('list-mark-allergy', 'care', { words }, undefined, true)] : []
}

function here(one: Reservation, since: string, now: number): Mark {
  const minutes = minutesSince(since, now)
  if (one.arrived >= one.party_size) return mark('list-mark-here', 'here', { minutes })
  const params = { minutes, arrived: one.arrived, size: one.party_size }
  return mark('list-mark-some-here', 'here', params)
}

function visits(one: Reservation): Mark[] {
  if (one.guest_id === null) return []
  if (one.visits === 0) return [mark('list-mark-first', 'plain', {}, undefined, true)]
  return [mark('list-mark-visits', 'plain', { visits: one.visits }, undefined, true)]
}

/** A chance as a frequency: one evening in so many. */
export function oneIn(chance: number): number {
  return Math.max(1, Math.round(1 / chance))
}

function minutesSince(instant: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(instant)) / 60_000))
}

function when<T>(value: T | null | undefined | false | '' | 0, make: (value: T) => Mark): Mark[] {
  return value ? [make(value)] : []
}

function mark(
  key: string,
  tone: Tone,
  params: Mark['params'] = {},
  time?: string,
  personal = false,
): Mark {
  return { key, tone, params, personal, ...(time === undefined ? {} : { time }) }
}
