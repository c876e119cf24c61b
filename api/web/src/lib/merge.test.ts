import { expect, test } from 'vitest'
import { afterOrder } from './merge'
import type { OrderResult, Tonight } from './wire'

const party = (id: string, state: string, version = 1) => ({ reservation_id: id, state, version })
const states = (list: { reservation_id: string; state: string }[]) =>
  list.map((each) => `${each.reservation_id} ${each.state}`)

const tonight = {
  period: { period_id: 'p' },
  reservations: [party('a', 'booked'), party('b', 'booked'), party('c', 'booked')],
  ended_reservations: [party('z', 'cancelled')],
  seatings: [],
  waiting: [],
  ended_waiting: [],
  held: [{ held_id: 'h' }],
  blocks: [],
} as unknown as Tonight

function answer(more: object): OrderResult {
  const told = { reservations: [], seatings: [], waiting: [], held: [], blocks: [], resets: [] }
  const removed = {
    removed_reservations: [],
    removed_seatings: [],
    removed_wait_entries: [],
    removed_held: [],
    removed_blocks: [],
  }
  return {
    period_id: 'p',
    period: null,
    shown_version: 1,
    ...told,
    ...removed,
    ...more,
  } as unknown as OrderResult
}

test('what an order changed, added and ended is in the view, in the old order', () => {
  const after = afterOrder(
    tonight,
    answer({
      reservations: [party('b', 'arrived'), party('d', 'booked'), party('a', 'cancelled')],
      removed_reservations: ['a'],
      removed_held: ['h'],
      seatings: [{ seating_id: 's' }],
    }),
  )
  expect(states(after.reservations)).toEqual(['b arrived', 'c booked', 'd booked'])
  expect(states(after.ended_reservations)).toEqual(['z cancelled', 'a cancelled'])
  expect(after.held).toEqual([])
  expect(after.seatings).toHaveLength(1)
})

test('a party that was reinstated has ended no longer', () => {
  const after = afterOrder(tonight, answer({ reservations: [party('z', 'booked')] }))
  expect(states(after.reservations).at(-1)).toBe('z booked')
  expect(after.ended_reservations).toEqual([])
})

test('an order of another period, or one tried only, changes nothing here', () => {
  expect(afterOrder(tonight, answer({ period_id: 'q' }))).toBe(tonight)
  expect(afterOrder(tonight, answer({ dry_run: true }))).toBe(tonight)
})

test('an answer that comes after one that knows more changes nothing that is known better', () => {
  const before = answer({ reservations: [party('a', 'arrived', 2)], resets: [], shown_version: 2 })
  const after = answer({
    reservations: [party('a', 'booked', 3)],
    resets: [{ table_id: '1' }],
    shown_version: 3,
  })
  const late = afterOrder(afterOrder(tonight, after), before)
  expect(states(late.reservations)[0]).toBe('a booked')
  expect(late.resets).toHaveLength(1)
  const gone = { reservations: [party('a', 'cancelled', 2)], removed_reservations: ['a'] }
  expect(states(afterOrder(late, answer(gone)).reservations)[0]).toBe('a booked')
})
