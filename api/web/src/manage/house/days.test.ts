import { expect, it } from 'vitest'
import { dayAfter, dayName, dayOf, daysSaid } from './days'

it('is the date by the clocks of the house', () => {
  const instant = Date.parse('2026-12-31T23:30:00Z')
  expect([dayOf(instant, 'Europe/Berlin'), dayOf(instant, 'America/New_York')]).toEqual([
    '2027-01-01',
    '2026-12-31',
  ])
  expect(dayAfter('2026-12-31')).toBe('2027-01-01')
})

it('says weekdays, stretches of three and more as such', () => {
  expect(dayName('mon', 'long')).toBe('Monday')
  expect(daysSaid(['sun', 'mon', 'tue', 'wed', 'fri'], 'every day')).toBe('Mon – Wed, Fri, Sun')
  expect(daysSaid([], 'every day')).toBe('every day')
})
