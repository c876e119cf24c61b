import { expect, test } from 'vitest'
import { inOrder, soughtBy } from './book'

const entry = (name: string, starts: string, state = 'booked') => ({ name, starts, state }) as never

test('the book goes by start, requests first, and what ended without a visit last', () => {
  const names = inOrder<{ name: string; starts: string; state: never }>([
    entry('gone', '2026-12-04T18:00:00Z', 'cancelled'),
    entry('late', '2026-12-04T20:00:00Z'),
    entry('asks', '2026-12-04T19:00:00Z', 'requested'),
    entry('Ada', '2026-12-04T20:00:00+01:00'),
  ]).map((each) => each.name)
  expect(names).toEqual(['asks', 'Ada', 'late', 'gone'])
})

test('what is typed is a number, a code or a name', () => {
  expect(soughtBy('+49 30 1234')).toEqual({ phone: '+49 30 1234' })
  expect(soughtBy('K7QF2M')).toEqual({ code: 'K7QF2M' })
  expect(soughtBy('Ёлкина')).toEqual({ name: 'Ёлкина' })
  expect(soughtBy('x')).toBeNull()
})
