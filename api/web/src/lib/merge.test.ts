import { expect, test } from 'vitest'
import type { OrderAnswer } from './coming'
import { afterOrder, saysWhatChanged } from './merge'
import type { Tonight } from './wire'

const party = (id: string, state: string) => ({ reservation_id: id, state })
const tonight = {
  period: { period_id: 'p' },
  reservations: [party('a', 'booked'), party('b', 'booked'), party('c', 'booked')],
  seatings: [],
  waiting: [],
  held: [{ held_id: 'h' }],
  blocks: [],
} as unknown as Tonight

function answer(more: object): OrderAnswer {
  const empty = { reservations: [], seatings: [], waiting: [], held: [], blocks: [] }
  const removed = {
    removed_reservations: [],
    removed_seatings: [],
    removed_wait_entries: [],
    removed_held: [],
    removed_blocks: [],
  }
  return { changed: {}, period_id: 'p', ...empty, ...removed, ...more } as unknown as OrderAnswer
}

test('what an order changed, added and removed is in the view, in the old order', () => {
  const after = afterOrder(
    tonight,
    answer({
      reservations: [party('b', 'arrived'), party('d', 'booked'), party('a', 'cancelled')],
      removed_reservations: ['a'],
      removed_held: ['h'],
      seatings: [{ seating_id: 's' }],
    }),
  )
  expect(after.reservations.map((each) => [each.reservation_id, each.state])).toEqual([
    ['b', 'arrived'],
    ['c', 'booked'],
    ['d', 'booked'],
  ])
  expect(after.held).toEqual([])
  expect(after.seatings).toHaveLength(1)
})

test('an order of another period, or one tried only, changes nothing here', () => {
  expect(afterOrder(tonight, answer({ period_id: 'q' }))).toBe(tonight)
  expect(afterOrder(tonight, answer({ dry_run: true }))).toBe(tonight)
})

test('the answer of an older service is told apart', () => {
  expect(saysWhatChanged({ reservations: [] })).toBe(false)
})
