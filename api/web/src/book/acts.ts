/** What the lifecycle allows next, and which of it is the one right thing for a row (STAND.md 2, 3, 7). */
import { minutesUntil, type TableState } from '../floor/state'
import type { Reservation, Right, Seating } from '../lib/wire'
import type { Sight } from './rows'

export type ActKind =
  | 'seat'
  | 'arrive'
  | 'some'
  | 'find'
  | 'keep'
  | 'call'
  | 'coming'
  | 'serve'
  | 'pay'
  | 'extend'
  | 'move'
  | 'clear'
  | 'unseat'
  | 'unplan'
  | 'vacate'
  | 'no_show'
  | 'walk'
  | 'reopen'
  | 'approve'
  | 'decline'
  | 'cancel'

export interface Act {
  kind: ActKind
  tables: string[]
  /** The one thing to do next: in brass. */
  brass: boolean
}

/** A party that is due in so many minutes may sit down at once when it comes. */
const DUE_MINUTES = 20

/** The act of a party's row, which keeps its place, and one beside it. */
export function partyActs(
  reservation: Reservation,
  sight: Sight,
  late: number,
): { act: Act | null; second: Act | null } {
  const ready = tablesReady(reservation, sight.states)
  if (sight.may && !sight.may.includes('host')) return { act: null, second: null }
  switch (reservation.state) {
    case 'requested':
      return { act: plain('approve'), second: null }
    case 'booked': {
      const due = minutesUntil(reservation.starts, sight.now) <= DUE_MINUTES
      const second = late ? plain('keep') : ready && due ? seat(reservation, false) : null
      return { act: plain('arrive'), second }
    }
    case 'arrived':
      return { act: ready ? seat(reservation, true) : plain('find'), second: null }
    case 'no_show':
    case 'walked':
      return { act: plain('reopen'), second: null }
    default:
      return { act: null, second: null }
  }
}

/** All that may be done with a party now, for its sheet: the first is the one thing, in brass. */
export function allPartyActs(reservation: Reservation, sight: Sight): Act[] {
  if (sight.may && !sight.may.includes('host')) return []
  const ready = tablesReady(reservation, sight.states)
  const first = ready ? seat(reservation, true) : { ...plain('find'), brass: true }
  const other = ready ? [plain('find')] : []
  switch (reservation.state) {
    case 'requested':
      return [{ ...plain('approve'), brass: true }, plain('decline')]
    case 'booked':
      return [
        ready ? first : { ...plain('arrive'), brass: true },
        ...(ready ? [plain('arrive')] : []),
        ...(reservation.party_size > 1 ? [plain('some')] : []),
        plain('find'),
        ...elsewhere(reservation),
        plain('keep'),
        plain('call'),
        plain('no_show'),
        plain('cancel'),
      ]
    case 'arrived':
      return [
        first,
        ...other,
        ...elsewhere(reservation),
        ...(reservation.arrived < reservation.party_size ? [plain('some')] : []),
        ...(reservation.called_at
          ? reservation.coming_at
            ? []
            : [plain('coming')]
          : [plain('call')]),
        plain('walk'),
      ]
    case 'no_show':
    case 'walked':
      return [{ ...plain('reopen'), brass: true }]
    default:
      return []
  }
}

function elsewhere(reservation: Reservation): Act[] {
  return reservation.tables.length ? [plain('unplan')] : []
}

/** All that may be done with a seated party; what ends the stay is never first (STAND.md 3). */
export function seatedActs(seating: Seating, may?: readonly Right[]): Act[] {
  const all = everySeatedAct(seating)
  return may ? all.filter(({ kind }) => may.includes(HOSTS.has(kind) ? 'host' : 'serve')) : all
}

const HOSTS = new Set<ActKind>(['move', 'unseat'])

function everySeatedAct(seating: Seating): Act[] {
  const [serve, pay] = [plain('serve'), plain('pay')]
  const back = seating.state === 'seated' && seating.reservation_id ? [plain('unseat')] : []
  const rest = [plain('extend'), plain('move'), ...back, plain('vacate'), plain('clear')]
  switch (seating.state) {
    case 'seated':
    case 'dessert':
      return [serve, pay, ...rest]
    case 'check_down':
      return [pay, ...rest]
    case 'paid':
      return rest
    default:
      return []
  }
}

function tablesReady(reservation: Reservation, states: Map<string, TableState>): boolean {
  if (!reservation.tables.length) return false
  return reservation.tables.every((id) => {
    const state = states.get(id)
    if (state?.kind === 'free' || state?.kind === 'held') return true
    if (state?.kind === 'kept') return state.party === reservation.name
    return state?.kind === 'promised' && theirs(state, reservation)
  })
}

/** Nobody who is here already has a better claim. */
function theirs(state: TableState, reservation: Reservation): boolean {
  return state.reservation === reservation.reservation_id || !state.here
}

function seat(reservation: Reservation, brass: boolean): Act {
  return { kind: 'seat', tables: reservation.tables, brass }
}

function plain(kind: ActKind): Act {
  return { kind, tables: [], brass: false }
}

const KEEP_MINUTES = 10

/** Until when a late party is told to be waited for with ten minutes more. */
export function keepUntil(reservation: Reservation, now: number): string {
  const expected = Date.parse(reservation.late_until ?? reservation.starts)
  const minute = Math.floor(Math.max(expected, now) / 60_000) * 60_000
  return new Date(minute + KEEP_MINUTES * 60_000).toISOString()
}
