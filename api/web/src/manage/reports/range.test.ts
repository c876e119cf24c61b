import { expect, it } from 'vitest'
import { csvAddress, daysOf, lastDays, queryOf, rangeOf, serviceDate } from './range'

const AFTER_MIDNIGHT = Date.parse('2026-11-29T01:30:00+01:00')

it('takes the small hours for the evening before, by the clocks of the house', () => {
  expect(serviceDate(AFTER_MIDNIGHT, 'Europe/Berlin')).toBe('2026-11-28')
  expect(serviceDate(AFTER_MIDNIGHT, 'Asia/Tokyo')).toBe('2026-11-29')
})

it('counts the last days with today among them, over a change of clocks too', () => {
  const range = lastDays(30, '2026-11-05')
  expect(range).toEqual({ from: '2026-10-07', to: '2026-11-05' })
  expect(daysOf(range, '2026-11-05')).toBe(30)
  expect(daysOf(range, '2026-11-06')).toBe(0)
})

it('reads from an address what it wrote into one', () => {
  const range = { from: '2026-11-01', to: '2026-11-20', period: 'dinner', weekday: 5 }
  const read = rangeOf(new URLSearchParams(queryOf(range)), lastDays(7, '2026-11-28'))
  expect(read).toEqual(range)
  expect(rangeOf(new URLSearchParams('weekday=9'), range)).toEqual({
    from: '2026-11-01',
    to: '2026-11-20',
  })
  expect(csvAddress('told-risk', range)).toBe(
    '/manage/reports/told-risk/csv?from=2026-11-01&to=2026-11-20&period=dinner&weekday=5',
  )
})
