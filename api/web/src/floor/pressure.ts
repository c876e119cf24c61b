/** The next quarter hours: parties and guests that begin in each, and whether that is beyond the room. */
import type { Tonight } from '../lib/wire'

export interface Quarter {
  at: number
  parties: number
  covers: number
  /** More is promised then than the room holds. */
  beyond: boolean
}

const QUARTER = 15 * 60_000
const TO_COME = new Set(['booked', 'arrived', 'requested'])

type Book = Pick<Tonight, 'reservations' | 'overbooked'>

/** The `count` quarter hours from the next one on that somebody begins in. */
export function nextQuarters(
  { reservations, overbooked }: Book,
  now: number,
  count: number,
): Quarter[] {
  const beyond = new Set(overbooked.map((each) => each.reservation_id))
  const quarters = new Map<number, Quarter>()
  for (const each of reservations) {
    if (!TO_COME.has(each.state)) continue
    const at = Math.floor(Date.parse(each.starts) / QUARTER) * QUARTER
    if (at + QUARTER <= now) continue
    const quarter = quarters.get(at) ?? { at, parties: 0, covers: 0, beyond: false }
    quarter.parties += 1
    quarter.covers += each.party_size
    quarter.beyond ||= beyond.has(each.reservation_id)
    quarters.set(at, quarter)
  }
  return [...quarters.values()].sort((a, b) => a.at - b.at).slice(0, count)
}
