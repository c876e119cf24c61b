/** The evening as bars: who has which table from when until when, for the rows of the timeline. */

import { lateBy } from '../book/rows'
import { timeUp } from '../floor/state'
import type { Reservation, Seating, Tonight } from '../lib/wire'
import type { components } from '../lib/wire.d'

export type Span = components['schemas']['Span']

/**
 * `late`: expected and not here in time; `over`: sits past its time; `event`: a private one; `past`:
 * has gone.
 */
export type BarKind =
  | 'seated'
  | 'over'
  | 'plan'
  | 'arrived'
  | 'late'
  | 'held'
  | 'kept'
  | 'reset'
  | 'shut'
  | 'event'
  | 'past'

export interface Bar {
  key: string
  kind: BarKind
  tables: string[]
  /** Milliseconds. */
  starts: number
  ends: number
  name: string
  size: number
  /** Minutes late, past the time, or since they came. */
  minutes: number
  /** When they leave, or when a held table is given back. */
  until: number
  check: 'down' | 'paid' | null
  pinnedBy: string | null
  /** Somebody else has the table in the same time. */
  clash: boolean
  /** Whom a finger can lift and a tap looks at. */
  seating: string | null
  reservation: string | null
}

export type Evening = Pick<
  Tonight,
  'reservations' | 'seatings' | 'blocks' | 'held' | 'host_holds' | 'waiting' | 'resets'
>

const MINUTE = 60_000
/** Who sits past its time is drawn at least so far into the future. */
const STRETCH = 15 * MINUTE
const TO_COME = new Set<Reservation['state']>(['requested', 'booked', 'arrived'])
const FROM_SERVICE: Partial<Record<Span['kind'], BarKind>> = {
  past: 'past',
  area_shut: 'shut',
  private_event: 'event',
}

/** All bars that have tables, the earliest first; `beyond`: what tonight's view does not hold. */
export function barsOf(evening: Evening, beyond: readonly Span[], now: number): Bar[] {
  const bars = [
    ...beyond.flatMap((span) => fromService(span)),
    ...evening.seatings
      .filter((each) => each.state !== 'cleared')
      .map((each) => sitting(each, now)),
    ...evening.reservations
      .filter((each) => TO_COME.has(each.state) && each.tables.length > 0)
      .map((each) => planned(each, now)),
    ...intentions(evening),
  ]
  return withClashes(bars.sort((a, b) => a.starts - b.starts || a.ends - b.ends))
}

/** Promises that have no table, by start. */
export function unplacedOf(evening: Pick<Evening, 'reservations'>, now: number): Bar[] {
  return evening.reservations
    .filter((each) => (each.state === 'booked' || each.state === 'arrived') && !each.tables.length)
    .map((each) => planned(each, now))
    .sort((a, b) => a.starts - b.starts)
}

/** The bars of each table. */
export function byTable(bars: readonly Bar[]): Map<string, Bar[]> {
  const rows = new Map<string, Bar[]>()
  for (const bar of bars) {
    for (const table of bar.tables) {
      const row = rows.get(table)
      if (row) row.push(bar)
      else rows.set(table, [bar])
    }
  }
  return rows
}

function sitting(seating: Seating, now: number): Bar {
  const end = Date.parse(seating.expected_end)
  const { check, over, isOver } = timeUp(seating, now)
  return {
    ...NOTHING,
    key: seating.seating_id,
    kind: isOver ? 'over' : 'seated',
    tables: seating.tables,
    starts: Date.parse(seating.seated_at),
    ends: isOver || end < now ? Math.max(end, now + STRETCH) : end,
    name: seating.name,
    size: seating.party_size,
    minutes: over,
    until: end,
    check,
    seating: seating.seating_id,
  }
}

function planned(party: Reservation, now: number): Bar {
  const starts = Date.parse(party.starts)
  const late = lateBy(party, now)
  const here = party.state === 'arrived'
  const since = party.arrived_at ? Date.parse(party.arrived_at) : now
  return {
    ...NOTHING,
    key: party.reservation_id,
    kind: here ? 'arrived' : late ? 'late' : 'plan',
    tables: party.tables,
    starts,
    ends: Date.parse(party.ends),
    name: party.name,
    size: party.party_size,
    minutes: here ? Math.max(0, Math.floor((now - since) / MINUTE)) : late,
    until: Date.parse(party.ends),
    pinnedBy: party.pinned_by,
    reservation: party.reservation_id,
  }
}

function intentions(evening: Evening): Bar[] {
  return [
    ...evening.held.map((each) => ({
      ...plain('held', each.held_id, each.tables, each.starts, each.ends),
      size: each.seats,
      until: Date.parse(each.release_at),
    })),
    ...evening.host_holds.map((each) => ({
      ...plain('kept', each.slot_hold_id, each.tables, null, each.expires_at),
      size: each.party_size,
    })),
    ...evening.waiting
      .filter((each) => each.kept_tables.length > 0 && each.kept_until)
      .map((each) => ({
        ...plain('kept', each.wait_id, each.kept_tables, each.notified_at, each.kept_until ?? ''),
        name: each.name,
        size: each.party_size,
      })),
    ...evening.resets.map((each) =>
      plain('reset', `reset ${each.table_id}`, [each.table_id], each.since, each.ready_at),
    ),
    ...evening.blocks
      .filter((each) => !each.lifted_at)
      .map((each) => ({
        ...plain('shut', each.block_id, [each.table_id], each.starts, each.ends),
        name: each.reason,
      })),
  ]
}

/** Without a start it is from half an hour before its end. */
function plain(
  kind: BarKind,
  key: string,
  tables: string[],
  starts: string | null,
  ends: string,
): Bar {
  const end = Date.parse(ends)
  const start = starts ? Date.parse(starts) : end - 30 * MINUTE
  return { ...NOTHING, key, kind, tables, starts: start, ends: end, until: end }
}

function fromService(span: Span): Bar[] {
  const kind = FROM_SERVICE[span.kind]
  if (!kind) return []
  const key = `${span.kind} ${span.id ?? span.tables.join()} ${span.starts}`
  const bar = plain(kind, key, span.tables, span.starts, span.ends)
  return [{ ...bar, name: span.name || span.text, size: span.party_size }]
}

const PARTIES = new Set<BarKind>(['seated', 'over', 'plan', 'arrived', 'late'])

/** A party that is to come while another has its table. */
function withClashes(bars: Bar[]): Bar[] {
  const last = new Map<string, Bar>()
  return bars.map((bar) => {
    if (!PARTIES.has(bar.kind)) return bar
    const before = bar.tables.map((table) => last.get(table))
    const clash = before.some((each) => each !== undefined && each.ends > bar.starts)
    for (const table of bar.tables) {
      const known = last.get(table)
      if (!known || known.ends < bar.ends) last.set(table, bar)
    }
    return clash ? { ...bar, clash } : bar
  })
}

const NOTHING: Bar = {
  key: '',
  kind: 'plan',
  tables: [],
  starts: 0,
  ends: 0,
  name: '',
  size: 0,
  minutes: 0,
  until: 0,
  check: null,
  pinnedBy: null,
  clash: false,
  seating: null,
  reservation: null,
}
