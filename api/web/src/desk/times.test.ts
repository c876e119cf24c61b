import { expect, test } from 'vitest'
import { daysLater, type Slot, timesShown, whereOf } from './times'

const slot = (start: string): Slot =>
  ({ start, duration_s: 5400, areas: ['room'] }) as unknown as Slot
const DINNER = {
  name: 'dinner',
  opens: '2026-12-04T18:00:00Z',
  last_seating: '2026-12-04T18:45:00Z',
}
const LUNCH = {
  name: 'lunch',
  opens: '2026-12-04T12:00:00Z',
  last_seating: '2026-12-04T12:15:00Z',
}

test('every start of a service is shown, and what is taken as taken', () => {
  const shown = timesShown([slot('2026-12-04T19:30:00+01:00')], [DINNER], 15)
  expect(shown[0]?.times.map(({ start, slot }) => [start.slice(11, 16), slot !== null])).toEqual([
    ['18:00', false],
    ['18:15', false],
    ['18:30', true],
    ['18:45', false],
  ])
})

test('the services of a day stand apart, in their order, with a start outside hours', () => {
  const shown = timesShown([slot('2026-12-04T17:45:00Z')], [DINNER, LUNCH], 15)
  expect(shown.map(({ name, times }) => [name, times.length])).toEqual([
    ['lunch', 3],
    ['dinner', 4],
  ])
})

test('a start of some minutes ago is no longer offered on the phone', () => {
  const now = Date.parse('2026-12-04T18:20:00Z')
  const shown = timesShown([slot('2026-12-04T18:15:00Z')], [LUNCH, DINNER], 15, now)
  expect(shown.map(({ name }) => name)).toEqual(['dinner'])
  expect(shown[0]?.times.map(({ start }) => start.slice(11, 16))).toEqual(['18:30', '18:45'])
})

test('areas are said by those that are fewer', () => {
  const all = ['room', 'salon', 'bar', 'terrace']
  expect(whereOf(all, all)).toEqual({ kind: 'anywhere' })
  expect(whereOf(['bar', 'room', 'salon'], all)).toEqual({ kind: 'but', areas: ['terrace'] })
  expect(whereOf(['bar', 'room'], all)).toEqual({ kind: 'in', areas: ['room', 'bar'] })
})

test('days go on over the end of a month and of a year', () => {
  expect(daysLater('2026-12-30', 3)).toBe('2027-01-02')
  expect(daysLater('2026-03-01', -1)).toBe('2026-02-28')
})
