import { expect, test } from 'vitest'
import { initials, peopleOf } from './evening'
import type { Tonight } from './wire'

test('people are counted once: at tables, to come, beyond the room, gone', () => {
  const tonight = {
    reservations: [
      { reservation_id: 'a', state: 'booked', party_size: 4 },
      { reservation_id: 'b', state: 'arrived', party_size: 2 },
      { reservation_id: 'c', state: 'booked', party_size: 3 },
      { reservation_id: 'd', state: 'seated', party_size: 5 },
      { reservation_id: 'e', state: 'finished', party_size: 7 },
      { reservation_id: 'f', state: 'no_show', party_size: 9 },
    ],
    seatings: [
      { state: 'seated', party_size: 5 },
      { state: 'cleared', party_size: 8 },
    ],
    overbooked: [{ reservation_id: 'c' }],
  } as unknown as Tonight
  expect(peopleOf(tonight)).toEqual({ seated: 5, coming: 6, mayWait: 3, gone: 7 })
})

test.each([
  ['Marat Galeev', 'MG'],
  ['Дарья Белова', 'ДБ'],
  ['Jonas Weber-Holstenkamp', 'JW'],
  ['anna', 'A'],
  [' ', ''],
])('the initials of %s are %s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})
