import { expect, test } from 'vitest'
import { daysLater, type Slot, timesShown } from './times'

const slot = (start: string): Slot =>
  ({ start, duration_s: 5400, areas: ['room'] }) as unknown as Slot

test('what is taken between free starts is shown as taken', () => {
  const shown = timesShown([slot('2026-12-04T19:30:00+01:00'), slot('2026-12-04T18:00:00Z')], 15)
  expect(shown.map(({ start, slot }) => [start.slice(11, 16), slot !== null])).toEqual([
    ['18:00', true],
    ['18:15', false],
    ['18:30', true],
  ])
})

test('a start of some minutes ago is no longer offered on the phone', () => {
  const now = Date.parse('2026-12-04T18:10:00Z')
  const shown = timesShown([slot('2026-12-04T18:00:00Z'), slot('2026-12-04T18:15:00Z')], 15, now)
  expect(shown.map(({ start }) => start.slice(11, 16))).toEqual(['18:15'])
})

test('no free start shows none', () => {
  expect(timesShown([], 15)).toEqual([])
})

test('days go on over the end of a month and of a year', () => {
  expect(daysLater('2026-12-30', 3)).toBe('2027-01-02')
  expect(daysLater('2026-03-01', -1)).toBe('2026-02-28')
})
