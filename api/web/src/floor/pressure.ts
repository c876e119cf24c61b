/** The quarter hours to come: parties and guests that begin in each, and whether the room holds them. */
import type { Tonight } from '../lib/wire'

export interface Quarter {
  at: string
  parties: number
  covers: number
  /** More is promised then than the room holds. */
  beyond: boolean
}

const QUARTER = 15 * 60_000

/** The next `count` quarter hours, the one that runs included, in which somebody begins. */
export function nextQuarters(pressure: Tonight['pressure'], now: number, count: number): Quarter[] {
  return pressure
    .filter((each) => Date.parse(each.at) + QUARTER > now && each.starting_parties > 0)
    .slice(0, count)
    .map((each) => ({
      at: each.at,
      parties: each.starting_parties,
      covers: each.starting_covers,
      beyond: each.promised > each.capacity,
    }))
}
