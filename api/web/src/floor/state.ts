/** What each table is, of tonight and the time: one thing a table, with all that its mark shows. */
import type { House, Reservation, Seating, Table, Tonight } from '../lib/wire'

/**
 * `promised`: for a party that is due within the hour or here already. `held`: kept back by the house.
 * `kept`: for a party that was called, or in a colleague's hands. `shut`: out of use, or its area is.
 */
export type Kind = 'free' | 'promised' | 'seated' | 'over' | 'held' | 'kept' | 'reset' | 'shut'

export interface TableState {
  id: string
  kind: Kind
  seats: number
  /** Who sits there, or whom it is for. */
  party: string
  size: number
  /** Guests on the chairs. */
  guests: number
  /** Share of the expected stay that is over, 0 to 1. */
  share: number
  /** Minutes since they sat down; minutes past the expected end; minutes left of what is kept. */
  minutes: number
  over: number
  left: number
  check: 'down' | 'paid' | null
  /** Promised for, or ready again, or shut until; by itself free until then. ISO, null: no end. */
  at: string | null
  here: boolean
  pinned: boolean
  /** Of tables pushed together: the one that speaks for all, and all of them. */
  lead: string
  joined: string[]
  /** The next party is due before these are expected to leave. */
  clash: boolean
  seating: string | null
  reservation: string | null
  held: string | null
  next: Next | null
}

export interface Next {
  reservation: string
  name: string
  size: number
  starts: string
}

export type Evening = Pick<
  Tonight,
  | 'period'
  | 'reservations'
  | 'seatings'
  | 'blocks'
  | 'held'
  | 'host_holds'
  | 'waiting'
  | 'resets'
  | 'next_by_table'
>

/** So many minutes ahead a promise is shown on its table; before that it is free until then. */
export const SOON_MINUTES = 60
const MINUTE = 60_000

/** The state of every table at `now` (milliseconds). */
export function floorStates(
  house: Pick<House, 'tables'>,
  evening: Evening,
  now: number,
): Map<string, TableState> {
  const facts = factsOf(evening, now)
  return new Map(house.tables.map((table) => [table.id, stateOf(table, facts, now)]))
}

interface Facts {
  reservations: Map<string, Reservation>
  seatings: Map<string, Seating>
  here: Map<string, Reservation>
  next: Evening['next_by_table']
  blocks: Map<string, { until: string; now: boolean }>
  held: Map<string, Evening['held'][number]>
  kept: Map<string, { name: string; size: number; until: string | null }>
  resets: Map<string, string>
  areasShut: Set<string>
}

function factsOf(evening: Evening, now: number): Facts {
  const facts: Facts = {
    reservations: new Map(evening.reservations.map((each) => [each.reservation_id, each])),
    seatings: byTable(evening.seatings.filter((each) => each.state !== 'cleared')),
    here: byTable(evening.reservations.filter((each) => each.state === 'arrived')),
    next: evening.next_by_table,
    blocks: new Map(),
    held: new Map(),
    kept: new Map(),
    resets: new Map(evening.resets.map((each) => [each.table_id, each.ready_at])),
    areasShut: new Set(evening.period?.areas_shut ?? []),
  }
  for (const block of evening.blocks) {
    if (block.lifted_at || Date.parse(block.ends) <= now) continue
    const started = Date.parse(block.starts) <= now
    if (started || !facts.blocks.get(block.table_id)?.now) {
      const until = started ? block.ends : block.starts
      facts.blocks.set(block.table_id, { until, now: started })
    }
  }
  for (const held of [...evening.held].reverse()) {
    for (const table of held.tables) facts.held.set(table, held)
  }
  for (const hold of evening.host_holds) {
    const kept = { name: '', size: hold.party_size, until: hold.expires_at }
    for (const table of hold.tables) facts.kept.set(table, kept)
  }
  for (const wait of evening.waiting) {
    const kept = { name: wait.name, size: wait.party_size, until: wait.kept_until }
    for (const table of wait.kept_tables) facts.kept.set(table, kept)
  }
  return facts
}

function byTable<T extends { tables: string[] }>(things: readonly T[]): Map<string, T> {
  return new Map(things.flatMap((thing) => thing.tables.map((table) => [table, thing] as const)))
}

function stateOf(table: Table, facts: Facts, now: number): TableState {
  const next = nextOf(table.id, facts)
  const state: TableState = {
    ...NOTHING,
    id: table.id,
    seats: table.seats_max,
    lead: table.id,
    next,
  }
  const seating = facts.seatings.get(table.id)
  if (seating) return sitting(state, seating, now)
  const ready = facts.resets.get(table.id)
  if (ready) return { ...state, kind: 'reset', at: ready, left: minutesUntil(ready, now) }
  const block = facts.blocks.get(table.id)
  if (block?.now) return { ...state, kind: 'shut', at: block.until }
  if (facts.areasShut.has(table.area)) return { ...state, kind: 'shut' }
  const kept = facts.kept.get(table.id)
  if (kept && (!kept.until || Date.parse(kept.until) > now)) {
    const left = kept.until ? minutesUntil(kept.until, now) : 0
    return { ...state, kind: 'kept', party: kept.name, size: kept.size, at: kept.until, left }
  }
  return promisedOrFree(state, facts, now, block?.until)
}

function promisedOrFree(
  state: TableState,
  facts: Facts,
  now: number,
  blocked: string | undefined,
): TableState {
  const due = facts.here.get(state.id) ?? dueSoon(state.next, facts, now)
  if (due) {
    const { name: party, party_size: size, reservation_id: reservation, starts: at } = due
    const { lead, joined } = leadOf(due.tables, state.id)
    const here = due.state === 'arrived'
    const pinned = due.pinned_by !== null
    return { ...state, kind: 'promised', party, size, reservation, at, here, pinned, lead, joined }
  }
  const held = facts.held.get(state.id)
  if (held && minutesUntil(held.starts, now) <= SOON_MINUTES) {
    const left = Math.max(0, minutesUntil(held.release_at, now))
    return { ...state, kind: 'held', held: held.held_id, at: held.release_at, left }
  }
  const until = [state.next?.starts, held?.starts, blocked].filter((each) => each !== undefined)
  return { ...state, at: until.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null }
}

function sitting(state: TableState, seating: Seating, now: number): TableState {
  const [start, end] = [Date.parse(seating.seated_at), Date.parse(seating.expected_end)]
  const { check, over, isOver } = timeUp(seating, now)
  const { lead, joined } = leadOf(seating.tables, state.id)
  return {
    ...state,
    kind: isOver ? 'over' : 'seated',
    party: seating.name,
    size: seating.party_size,
    guests: guestsAt(seating, state.id),
    share: Math.min(1, Math.max(0, (now - start) / Math.max(end - start, MINUTE))),
    minutes: Math.max(0, Math.floor((now - start) / MINUTE)),
    over,
    check,
    at: seating.expected_end,
    lead,
    joined,
    clash: state.next !== null && Date.parse(state.next.starts) < Math.max(end, now),
    seating: seating.seating_id,
    reservation: seating.reservation_id,
  }
}

/** Its check, the minutes past its expected end, and whether it sits too long: who has paid does not. */
export function timeUp(
  seating: Seating,
  now: number,
): { check: 'down' | 'paid' | null; over: number; isOver: boolean } {
  const minutes = Math.floor((now - Date.parse(seating.expected_end)) / MINUTE)
  const check = CHECKS[seating.state] ?? null
  const isOver = (seating.overdue || minutes > 0) && check !== 'paid'
  return { check, over: Math.max(0, minutes), isOver }
}

const CHECKS: Partial<Record<Seating['state'], 'down' | 'paid'>> = {
  check_down: 'down',
  paid: 'paid',
}

/** Guests are spread over tables that are pushed together, evenly, the first tables first. */
function guestsAt(seating: Seating, table: string): number {
  const place = seating.tables.indexOf(table)
  const count = seating.tables.length
  return Math.floor(seating.party_size / count) + (place < seating.party_size % count ? 1 : 0)
}

function leadOf(tables: readonly string[], own: string): { lead: string; joined: string[] } {
  return tables.length > 1
    ? { lead: tables[0] ?? own, joined: [...tables] }
    : { lead: own, joined: [] }
}

function nextOf(table: string, facts: Facts): Next | null {
  const next = facts.next[table]
  const found = next && facts.reservations.get(next.reservation_id)
  if (!next || !found) return null
  return {
    reservation: next.reservation_id,
    name: found.name,
    size: found.party_size,
    starts: next.starts,
  }
}

function dueSoon(next: Next | null, facts: Facts, now: number): Reservation | undefined {
  if (!next || minutesUntil(next.starts, now) > SOON_MINUTES) return undefined
  return facts.reservations.get(next.reservation)
}

/** Whole minutes until then, begun ones counted; below zero when it is past. */
export function minutesUntil(instant: string, now: number): number {
  return Math.ceil((Date.parse(instant) - now) / MINUTE)
}

const NOTHING: Omit<TableState, 'id' | 'seats' | 'lead' | 'next'> = {
  kind: 'free',
  party: '',
  size: 0,
  guests: 0,
  share: 0,
  minutes: 0,
  over: 0,
  left: 0,
  check: null,
  at: null,
  here: false,
  pinned: false,
  joined: [],
  clash: false,
  seating: null,
  reservation: null,
  held: null,
}

/** How many tables of an area (of all where none is named) are free. */
export function freeCount(
  tables: readonly Table[],
  states: Map<string, TableState>,
  area: string | null = null,
): number {
  const ours = tables.filter((table) => area === null || table.area === area)
  return ours.filter((table) => states.get(table.id)?.kind === 'free').length
}
