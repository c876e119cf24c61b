/** The evening as this tablet last knew it, so that it is read without the network: tonight only. */
import type { House, LockedTonight, Me, Tonight } from '../lib/wire'
import { keptIn } from './store'

export interface Known {
  me: Me
  house: House
  tonight: Tonight
  /** Business time, and the machine's when it was so: milliseconds. */
  business: number
  wall: number
  rate: number
  /** When somebody last touched the tablet, by the machine's clock. */
  touched: number
  /** It was locked without the network: the service has to be told. */
  locked: boolean
}

/** What a locked tablet shows by its own right: no name, no note. */
export interface KnownRoom {
  room: LockedTonight
  wall: number
}

const IDLE_MS = 15 * 60_000
const EVENING = 'evening'
const ROOM = 'room'

const evenings = keptIn<Known>('kept')
const rooms = keptIn<KnownRoom>('kept')

export function keepEvening(known: Known): Promise<void> {
  return evenings.put(EVENING, known)
}

export function keepRoom(room: LockedTonight): Promise<void> {
  return rooms.put(ROOM, { room, wall: Date.now() })
}

export function lastEvening(): Promise<Known | null> {
  return evenings.get(EVENING)
}

export function lastRoom(): Promise<KnownRoom | null> {
  return rooms.get(ROOM)
}

/** Forget names and notes: the room itself tells nobody's. */
export function forgetEvening(): Promise<void> {
  return evenings.remove(EVENING)
}

export function forgetAll(): Promise<void> {
  return evenings.clear()
}

/** Business time now, by what was known then. */
export function businessNow(
  known: Pick<Known, 'business' | 'wall' | 'rate'>,
  wall: number,
): number {
  return known.business + Math.max(0, wall - known.wall) * known.rate
}

/** Whether an evening goes on at a business time: after it nothing of it stays on a tablet. */
export function goesOn(tonight: Pick<Tonight, 'period'>, now: number): boolean {
  return tonight.period !== null && Date.parse(tonight.period.closes) > now
}

/** Whether it may be opened without a PIN: not locked, and touched within a quarter of an hour. */
export function isOpen(known: Pick<Known, 'locked' | 'touched'>, wall: number): boolean {
  return !known.locked && wall - known.touched < IDLE_MS
}

/** The room of a known evening as a locked tablet shows it. */
export function lockedRoom(
  house: House,
  tonight: Tonight,
  now: number,
  rate: number,
): LockedTonight {
  const { venue, areas, tables, walls } = house
  const { name, zone, locale } = venue
  return {
    now: new Date(now).toISOString(),
    clock_rate: rate,
    room: { name, zone, locale, areas, tables, walls },
    service: tonight.period?.name ?? null,
    seated: tonight.seatings.map((each) => ({
      tables: each.tables,
      party_size: each.party_size,
      starts: each.seated_at,
      ends: each.expected_end,
    })),
    expected: tonight.reservations
      .filter((each) => each.state === 'booked' || each.state === 'arrived')
      .map(({ tables: at, party_size, starts, ends }) => ({
        tables: at,
        party_size,
        starts,
        ends,
      })),
    waiting: tonight.waiting.length,
  }
}
