/** What the papers say of an evening: its parties in the order they come, and a seated party's chit. */
import type { GestureTask, GivingTonight } from '../giving/types'
import type { Reservation, Seating, Tonight } from '../lib/wire'

export interface PaperRow {
  key: string
  /** When they are expected, as an instant. */
  time: string
  tables: string[]
  name: string
  size: number
  allergies: string
  /** Keys of needs with their count. */
  needs: Need[]
  /** What the house knows of the guest, and what was written for tonight. */
  remarks: string[]
  visits: number | null
  /** Promised beyond the room, or without a table in the plan. */
  beyond: boolean
  /** Sits already, or is here. */
  state: Reservation['state']
}

export interface Need {
  key: 'step-free' | 'high-chairs' | 'quiet'
  count: number
}

const EXPECTED = new Set<Reservation['state']>(['booked', 'arrived', 'seated'])
const HALF_HOUR_MS = 30 * 60_000

/** The parties of the evening that are to come or here, by time. */
export function rowsOf(
  tonight: Pick<Tonight, 'reservations' | 'overbooked' | 'seatings'>,
): PaperRow[] {
  const sits = new Map(tonight.seatings.map((each) => [each.reservation_id, each.tables]))
  const beyond = new Set(tonight.overbooked.map((each) => each.reservation_id))
  return tonight.reservations
    .filter((each) => EXPECTED.has(each.state))
    .sort((one, two) => one.starts.localeCompare(two.starts) || one.name.localeCompare(two.name))
    .map((each) => ({
      key: each.reservation_id,
      time: each.starts,
      tables: [...(sits.get(each.reservation_id) ?? each.tables)],
      name: each.name,
      size: each.party_size,
      allergies: each.allergies ?? '',
      needs: needsOf(each.needs),
      remarks: remarksOf(each),
      visits: each.guest_id ? (each.visits ?? 0) : null,
      beyond: beyond.has(each.reservation_id),
      state: each.state,
    }))
}

export function needsOf(needs: Reservation['needs']): Need[] {
  return [
    ...(needs.step_free ? [{ key: 'step-free' as const, count: 1 }] : []),
    ...(needs.high_chairs ? [{ key: 'high-chairs' as const, count: needs.high_chairs }] : []),
    ...(needs.quiet ? [{ key: 'quiet' as const, count: 1 }] : []),
  ]
}

function remarksOf(one: Reservation): string[] {
  return [
    (one.tags ?? []).join(', '),
    one.guest_notes ?? '',
    one.special_request ?? '',
    one.notes ?? '',
  ].filter((said) => said)
}

/** How many guests are expected in each half hour, the empty ones between left out. */
export function guestsByHalfHour(rows: readonly PaperRow[]): { at: number; guests: number }[] {
  const guests = new Map<number, number>()
  for (const { time, size } of rows) {
    const at = Math.floor(Date.parse(time) / HALF_HOUR_MS) * HALF_HOUR_MS
    guests.set(at, (guests.get(at) ?? 0) + size)
  }
  return [...guests].sort(([one], [two]) => one - two).map(([at, count]) => ({ at, guests: count }))
}

/** What the house still gives a party, offered or promised. */
export function giftsOf(seating: Seating, giving: GivingTonight | null): GestureTask[] {
  return allGifts(giving).filter(
    ({ gesture }) =>
      gesture.seating_id === seating.seating_id ||
      (gesture.reservation_id !== null && gesture.reservation_id === seating.reservation_id) ||
      (gesture.wait_id !== null && gesture.wait_id === seating.wait_id),
  )
}

/** What the house gives tonight and has not brought yet. */
export function allGifts(giving: GivingTonight | null): GestureTask[] {
  if (!giving) return []
  return [...Object.values(giving.tasks ?? {}).flat(), ...(giving.due_later ?? [])]
}
