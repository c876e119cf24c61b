/** Tonight as it will be once an act is confirmed: what the room looks like to who did it. */
import { afterNote } from '../lib/merge'
import type { Reservation, Seating, Tonight, Waiting } from '../lib/wire'
import { type LateAct, nameOf } from './acts'

type Body = Record<string, unknown>
type Guess = (tonight: Tonight, act: LateAct) => Tonight

const MINUTE = 60_000
const USUAL_STAY = 105
const USUAL_RESET = 5

/** Tonight after these acts, in their order. */
export function guessed(tonight: Tonight, acts: readonly LateAct[]): Tonight {
  return acts.reduce((now, act) => GUESSES[nameOf(act.path)]?.(now, act) ?? now, tonight)
}

const GUESSES: Record<string, Guess> = {
  arrive: party(({ body, at }, one) => ({
    state: one.state === 'seated' ? 'seated' : 'arrived',
    arrived: Number(body.arrived),
    arrived_at: one.arrived_at ?? at,
    called_at: null,
    coming_at: null,
  })),
  'no-show': party(({ at }) => ({ state: 'no_show', no_show_at: at, tables: [] })),
  walk: party(() => ({ state: 'walked', tables: [] })),
  reopen: party((_, one) => ({ state: 'booked', tables: one.last_tables })),
  reconfirm: party(({ at }) => ({ reconfirmed_at: at })),
  'tell-late': party(({ body }) => ({ late_until: String(body.until) })),
  call: party(({ at }) => ({ called_at: at, called_by: 'voice' })),
  coming: either(({ at }) => ({ coming_at: at })),
  place: either(({ body }) => ({ where: (body.where ?? null) as Reservation['where'] })),
  seat,
  move: seating(({ body }) => ({ tables: body.tables as string[] })),
  serve: seating(({ body }) => ({ state: body.check_down ? 'check_down' : 'dessert' })),
  pay: seating(() => ({ state: 'paid' })),
  extend: seating(({ body, at }, one) => ({ expected_end: longer(one, at, Number(body.minutes)) })),
  clear,
  ready: (tonight, { body }) => ({
    ...tonight,
    resets: tonight.resets.filter((each) => each.table_id !== body.table_id),
  }),
  wait: (tonight, act) =>
    tonight.waiting.some((one) => one.wait_id === act.id)
      ? tonight
      : { ...tonight, waiting: [...tonight.waiting, entryOf(act)] },
  notify: waiting(({ at }) => ({ state: 'notified', notified_at: at })),
  rejoin: waiting(() => ({ state: 'waiting', notified_at: null, coming_at: null })),
  leave: offTheList('left'),
  gone: offTheList('gone'),
  notes: (tonight, { id, body, by, at }) =>
    afterNote(tonight, {
      note_id: id,
      service_date: String(body.service_date),
      period: (body.period ?? null) as string | null,
      text: String(body.text),
      written_by: by,
      written_at: at,
      changed_by: null,
      changed_at: null,
      version: 1,
    }),
}

function party(change: (act: LateAct, one: Reservation) => Partial<Reservation>): Guess {
  return (tonight, act) => ({
    ...tonight,
    reservations: tonight.reservations.map((one) =>
      one.reservation_id === act.body.reservation_id ? { ...one, ...change(act, one) } : one,
    ),
  })
}

function waiting(change: (act: LateAct) => Partial<Waiting>): Guess {
  return (tonight, act) => ({
    ...tonight,
    waiting: tonight.waiting.map((one) =>
      one.wait_id === act.body.wait_id ? { ...one, ...change(act) } : one,
    ),
  })
}

/** Of a promised party or of one on the list. */
function either(change: (act: LateAct) => Partial<Reservation> & Partial<Waiting>): Guess {
  return (tonight, act) => waiting(change)(party(change)(tonight, act), act)
}

function seating(change: (act: LateAct, one: Seating) => Partial<Seating>): Guess {
  return (tonight, act) => ({
    ...tonight,
    seatings: tonight.seatings.map((one) =>
      one.seating_id === act.body.seating_id ? { ...one, ...change(act, one) } : one,
    ),
  })
}

function offTheList(state: 'left' | 'gone'): Guess {
  return (tonight, act) => without(tonight, String(act.body.wait_id), state, act.at)
}

/** A party that is no longer on the list. */
function without(tonight: Tonight, wait: string, state: Waiting['state'], at: string): Tonight {
  const ended = tonight.waiting.filter((one) => one.wait_id === wait)
  return {
    ...tonight,
    waiting: tonight.waiting.filter((one) => one.wait_id !== wait),
    ended_waiting: [
      ...tonight.ended_waiting,
      ...ended.map((one) => ({ ...one, state, ended_at: at })),
    ],
  }
}

function seat(tonight: Tonight, act: LateAct): Tonight {
  const { id, body, at } = act
  // The service's answer may have come before the act was taken off the queue.
  if (tonight.seatings.some((one) => one.seating_id === id)) return tonight
  const promised = tonight.reservations.find((one) => one.reservation_id === body.reservation_id)
  const entry = tonight.waiting.find((one) => one.wait_id === body.wait_id)
  const sits = seatingOf(tonight, act, promised ?? entry)
  const reservations = tonight.reservations.map((one) =>
    one === promised ? { ...one, state: 'seated' as const, arrived: one.party_size } : one,
  )
  const after = { ...tonight, reservations, seatings: [...tonight.seatings, sits] }
  return entry ? without(after, entry.wait_id, 'seated', at) : after
}

function seatingOf(
  tonight: Tonight,
  { id, body, at }: LateAct,
  who: Reservation | Waiting | undefined,
): Seating {
  const promised = who && 'reservation_id' in who ? who : null
  const size = Number(body.party_size ?? who?.party_size ?? 2)
  const stay = promised ? lasts(promised.starts, promised.ends) : usualStay(tonight, size)
  return {
    seating_id: id,
    state: 'seated',
    version: 1,
    name: String(body.name || who?.name || ''),
    party_size: size,
    tables: body.tables as string[],
    seated_at: at,
    minutes: 0,
    expected_end: later(at, stay),
    overdue: false,
    reservation_id: promised?.reservation_id ?? null,
    wait_id: who && 'wait_id' in who ? who.wait_id : null,
    notes: '',
    guest_id: promised?.guest_id ?? null,
    guest_notes: promised?.guest_notes ?? '',
    allergies: promised?.allergies ?? '',
    tags: promised?.tags ?? [],
    visits: promised?.visits ?? 0,
    check: null,
    server: null,
  }
}

function clear(tonight: Tonight, { body, at }: LateAct): Tonight {
  const gone = tonight.seatings.find((one) => one.seating_id === body.seating_id)
  if (!gone) return tonight
  const resets = gone.tables.map((table) => ({
    table_id: table,
    since: at,
    ready_at: later(at, USUAL_RESET),
  }))
  return {
    ...tonight,
    seatings: tonight.seatings.filter((one) => one !== gone),
    resets: body.ready === false ? [...tonight.resets, ...resets] : tonight.resets,
    reservations: tonight.reservations.map((one) =>
      one.reservation_id === gone.reservation_id ? { ...one, state: 'finished' as const } : one,
    ),
  }
}

function entryOf({ id, body, at }: LateAct): Waiting {
  const quoted = (body.quoted_minutes ?? null) as number | null
  const needs = { area: null, step_free: false, quiet: false, high_chairs: 0 }
  return {
    wait_id: id,
    state: 'waiting',
    version: 1,
    name: String(body.name ?? ''),
    phone: String(body.phone ?? ''),
    party_size: Number(body.party_size),
    needs: { ...needs, ...(body.needs as Body | undefined) },
    joined_at: at,
    waited: 0,
    quoted_minutes: quoted,
    notified_at: null,
    channel: 'walk_in',
    notes: '',
    coming_at: null,
    suggested_at: null,
    suggested_tables: [],
    kept_tables: [],
    kept_until: null,
    quoted_likely: quoted,
    requoted_at: null,
    requoted_minutes: null,
    requoted_likely: null,
    maybe_same_guest_as: [],
    where: null,
    ended_at: null,
  }
}

function longer(one: Seating, at: string, minutes: number): string {
  return later(one.expected_end > at ? one.expected_end : at, minutes)
}

/** As long as parties of this size are expected to stay tonight, else as long as is usual. */
function usualStay(tonight: Tonight, size: number): number {
  const like = tonight.seatings.filter((one) => one.party_size === size)
  if (!like.length) return USUAL_STAY
  const sum = like.reduce((all, one) => all + lasts(one.seated_at, one.expected_end), 0)
  return Math.round(sum / like.length)
}

function lasts(from: string, until: string): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / MINUTE)
}

function later(at: string, minutes: number): string {
  return new Date(Date.parse(at) + minutes * MINUTE).toISOString()
}
