/** A small evening for tests of the pure parts: half past seven, whatever a test says, nothing else. */
import type { House, Reservation, Seating, Table, Tonight } from '../lib/wire'

/** 19:30 of that evening in UTC; `at('20:15')` is an instant of it. */
export function at(clock: string): string {
  return `2026-11-27T${clock}:00Z`
}
export const NOW = Date.parse(at('19:30'))

export function aTable(id: string, more: Partial<Table> = {}): Table {
  const table = { id, area: 'room', seats_max: 4, seats_min: 1, features: [], x: 0, y: 0 }
  return { ...table, shape: 'rectangle', width: null, depth: null, rotation: 0, ...more } as Table
}

export function aHouse(...tables: string[]): House {
  return { tables: tables.map((id) => aTable(id)) } as unknown as House
}

export function aReservation(id: string, more: Partial<Reservation> = {}): Reservation {
  const plain = {
    reservation_id: id,
    state: 'booked',
    version: 1,
    name: id,
    party_size: 2,
    arrived: 0,
    starts: at('20:00'),
    ends: at('21:30'),
    tables: [],
    fixed: false,
    lost_tables: [],
    kind: 'physical',
    exposed: false,
    place_owed: true,
    late_at: null,
    arrived_at: null,
    needs: { area: null, step_free: false, quiet: false, high_chairs: 0 },
    guest_id: null,
    special_request: '',
    notes: '',
    guest_notes: '',
    allergies: '',
    late_until: null,
    no_show_at: null,
    reconfirmed_at: null,
    where: null,
    called_at: null,
    called_by: null,
    coming_at: null,
    pinned_by: null,
    last_tables: [],
    maybe_same_guest_as: [],
    tags: [],
    visits: 0,
    no_shows: 0,
  }
  return { ...plain, ...more } as unknown as Reservation
}

export function aSeating(id: string, tables: string[], more: Partial<Seating> = {}): Seating {
  const plain = {
    seating_id: id,
    state: 'seated',
    version: 1,
    name: id,
    party_size: 2,
    tables,
    seated_at: at('19:00'),
    minutes: 30,
    expected_end: at('20:30'),
    overdue: false,
    reservation_id: null,
    wait_id: null,
    notes: '',
    guest_notes: '',
    allergies: '',
    tags: [],
    visits: 0,
  }
  return { ...plain, ...more } as unknown as Seating
}

export function anEvening(more: Partial<Tonight> = {}): Tonight {
  const empty = {
    now: at('19:30'),
    period: { areas_shut: [] },
    reservations: [],
    seatings: [],
    blocks: [],
    held: [],
    host_holds: [],
    waiting: [],
    resets: [],
    overbooked: [],
    ended_reservations: [],
    ended_waiting: [],
    next_by_table: {},
    pressure: [],
    servers: [],
    notes: [],
  }
  return { ...empty, ...more } as unknown as Tonight
}

/** The next party at a table, as the service tells it. */
export function nextAt(table: string, reservation: Reservation): Tonight['next_by_table'] {
  return { [table]: { reservation_id: reservation.reservation_id, starts: reservation.starts } }
}
