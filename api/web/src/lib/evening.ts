/** The evening in a few numbers: who sits, who is still to come, who may have to wait, who has gone. */
import type { Tonight } from './wire'

/** People (covers), not parties; `mayWait` are promised beyond the room and not counted in `coming`. */
export interface People {
  seated: number
  coming: number
  mayWait: number
  gone: number
}

const EXPECTED = new Set(['booked', 'arrived'])

export function peopleOf(
  tonight: Pick<Tonight, 'reservations' | 'seatings' | 'overbooked'>,
): People {
  const beyond = new Set(tonight.overbooked.map((each) => each.reservation_id))
  const expected = tonight.reservations.filter((each) => EXPECTED.has(each.state))
  const sitting = tonight.seatings.filter((each) => each.state !== 'cleared')
  return {
    seated: covers(sitting),
    coming: covers(expected.filter((each) => !beyond.has(each.reservation_id))),
    mayWait: covers(expected.filter((each) => beyond.has(each.reservation_id))),
    gone: covers(tonight.reservations.filter((each) => each.state === 'finished')),
  }
}

function covers(parties: readonly { party_size: number }[]): number {
  return parties.reduce((sum, each) => sum + each.party_size, 0)
}

/** Up to two letters of a name: Marat Rahimov is MR. */
export function initials(name: string): string {
  const parts = name.trim().split(/\s+/)
  const letters = parts.length > 1 ? [parts[0]?.[0], parts.at(-1)?.[0]] : [parts[0]?.[0]]
  return letters.join('').toLocaleUpperCase()
}
