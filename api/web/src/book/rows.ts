/** The list beside the floor: which party stands in which tab, in what order, with which marks. */
import type { TableState } from '../floor/state'
import { minutesUntil } from '../floor/state'
import type { Reservation, Right, Seating, Tonight } from '../lib/wire'
import { type Act, partyActs, seatedActs } from './acts'

import { type Mark, partyMarks, seatedMarks } from './marks'

export type Tab = 'arriving' | 'waiting' | 'seated' | 'all'

/** The bar at the row's edge: each state has a form besides its colour. */
export type Form = 'soon' | 'late' | 'here' | 'beyond' | 'fine' | 'over' | 'gone'

export interface Row {
  key: string
  /** The time that the row is about: expected, or sat down at. */
  time: string
  name: string
  size: number
  tables: string[]
  form: Form
  /** Minutes past the time told, from the fifth on; else 0. */
  late: number
  /** When they are given up, where that is near. */
  until: string | null
  /** Minutes since they came or sat down; null where neither. */
  since: number | null
  marks: Mark[]
  act: Act | null
  second: Act | null
  /** Over: cancelled, gone, did not come. */
  struck: boolean
  reservation: Reservation | null
  seating: Seating | null
}

export const LATE_FROM_MINUTES = 5
const MINUTE = 60_000
const TO_COME = new Set<Reservation['state']>(['booked', 'arrived'])
const OVER = new Set<Reservation['state']>([
  'cancelled',
  'declined',
  'no_show',
  'walked',
  'finished',
])

type Book = Pick<
  Tonight,
  'reservations' | 'seatings' | 'waiting' | 'overbooked' | 'ended_reservations'
>

export interface Sight {
  states: Map<string, TableState>
  now: number
  /** What the person may do; left out: everything. */
  may?: readonly Right[]
}

/** The rows of a tab in its order; those who wait have a list of their own. */
export function rowsOf(tab: Tab, book: Book, sight: Sight): Row[] {
  if (tab === 'waiting') return []
  if (tab === 'seated') return seatedRows(book, sight)
  const all = book.reservations
  const reservations =
    tab === 'all'
      ? [...all, ...book.ended_reservations]
      : all.filter((each) => TO_COME.has(each.state))
  const beyond = new Map(
    book.overbooked.map((each) => [each.reservation_id, each.risk?.probability ?? 0]),
  )
  const rows = reservations.map((each) => partyRow(each, beyond, sight))
  return sorted(rows)
}

/** How many rows each tab has. */
export function countsOf(book: Book): Record<Tab, number> {
  return {
    arriving: book.reservations.filter((each) => TO_COME.has(each.state)).length,
    waiting: book.waiting.filter((each) => each.state === 'waiting' || each.state === 'notified')
      .length,
    seated: book.seatings.filter((each) => each.state !== 'cleared').length,
    all: book.reservations.length + book.ended_reservations.length,
  }
}

function seatedRows(book: Book, sight: Sight): Row[] {
  const guests = new Map(book.reservations.map((each) => [each.reservation_id, each]))
  const rows = book.seatings
    .filter((each) => each.state !== 'cleared')
    .map((each) => seatedRow(each, guests.get(each.reservation_id ?? ''), sight))
  return rows.sort((a, b) => leaves(a) - leaves(b) || a.key.localeCompare(b.key))
}

const leaves = (row: Row): number => Date.parse(row.seating?.expected_end ?? row.time)

function sorted(rows: Row[]): Row[] {
  return rows.sort((a, b) => orderOf(a) - orderOf(b) || a.name.localeCompare(b.name) || byKey(a, b))
}

const byKey = (a: Row, b: Row): number => (a.key < b.key ? -1 : 1)

/** By the time expected; who is here early stands where they came. */
function orderOf(row: Row): number {
  const came = row.reservation?.state === 'arrived' ? row.reservation.arrived_at : null
  return Math.min(Date.parse(row.time), came ? Date.parse(came) : Number.POSITIVE_INFINITY)
}

/** Whole minutes past the time a party was expected or told, from the fifth on. */
export function lateBy(reservation: Reservation, now: number): number {
  if (reservation.state !== 'booked') return 0
  const minutes = Math.floor(
    (now - Date.parse(reservation.late_until ?? reservation.starts)) / MINUTE,
  )
  return minutes >= LATE_FROM_MINUTES ? minutes : 0
}

/** Whether the row has to say when the party is given up: it is late, or it is five minutes before. */
export function givenUpSoon(reservation: Reservation, now: number): boolean {
  if (reservation.state !== 'booked' || !reservation.no_show_at) return false
  return (
    lateBy(reservation, now) > 0 || minutesUntil(reservation.no_show_at, now) <= LATE_FROM_MINUTES
  )
}

function partyRow(reservation: Reservation, beyond: Map<string, number>, sight: Sight): Row {
  const late = lateBy(reservation, sight.now)
  const { act, second } = partyActs(reservation, sight, late)
  const came = reservation.state === 'arrived' ? reservation.arrived_at : null
  return {
    key: reservation.reservation_id,
    time: reservation.starts,
    name: reservation.name,
    size: reservation.party_size,
    tables: reservation.tables,
    form: formOf(reservation, late, beyond),
    late,
    until: givenUpSoon(reservation, sight.now) ? reservation.no_show_at : null,
    since: came ? Math.max(0, Math.floor((sight.now - Date.parse(came)) / MINUTE)) : null,
    marks: partyMarks(reservation, sight, beyond.get(reservation.reservation_id)),
    act,
    second,
    struck: OVER.has(reservation.state) && reservation.state !== 'finished',
    reservation,
    seating: null,
  }
}

function formOf(reservation: Reservation, late: number, beyond: Map<string, number>): Form {
  if (OVER.has(reservation.state)) return 'gone'
  if (reservation.state === 'seated') return 'fine'
  if (reservation.state === 'arrived') return 'here'
  if (late) return 'late'
  const promised = beyond.has(reservation.reservation_id) || reservation.exposed
  return promised || !reservation.tables.length ? 'beyond' : 'soon'
}

function seatedRow(seating: Seating, guest: Reservation | undefined, sight: Sight): Row {
  const state = sight.states.get(seating.tables[0] ?? '')
  const over = state?.kind === 'over'
  return {
    key: seating.seating_id,
    time: seating.seated_at,
    name: seating.name,
    size: seating.party_size,
    tables: seating.tables,
    form: over ? 'over' : 'fine',
    late: over ? (state?.over ?? 0) : 0,
    until: null,
    since: Math.max(0, Math.floor((sight.now - Date.parse(seating.seated_at)) / MINUTE)),
    marks: seatedMarks(seating, guest, state),
    act: seatedActs(seating, sight.may)[0] ?? null,
    second: null,
    struck: false,
    reservation: guest ?? null,
    seating,
  }
}

/**
 * What stays on the screen while a finger is down (STAND.md 5): the rows shown keep their places,
 * whatever came stands above as so many new ones.
 */
export function keptStill(
  shown: readonly string[],
  wanted: readonly string[],
): { fresh: string[] } {
  const known = new Set(shown)
  return { fresh: wanted.filter((key) => !known.has(key)) }
}

/** Up to three marks, and how many more there are (STAND.md 21). */
export function shownMarks(
  marks: readonly Mark[],
  folded: boolean,
): { shown: Mark[]; more: number } {
  const open = folded ? marks.filter((mark) => !mark.personal) : marks
  return { shown: open.slice(0, 3), more: Math.max(0, open.length - 3) }
}
