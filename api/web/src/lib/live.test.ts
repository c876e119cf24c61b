import { expect, test } from 'vitest'
import { isOfTonight } from './live'

const evening = { period: { period_id: 'dinner' }, next: { period_id: 'tomorrow' } }
const news = (period_id: string | null = null) => ({
  event: 'reservation.booked',
  id: 'a',
  version: 1,
  ...(period_id ? { period_id } : {}),
})

test('news of a service that is not shown fetches nothing', () => {
  expect(isOfTonight(news('in a week'), evening)).toBe(false)
  expect(isOfTonight(news('dinner'), evening)).toBe(true)
  expect(isOfTonight(news('tomorrow'), evening)).toBe(true)
  expect(isOfTonight(news(), evening)).toBe(true)
  expect(isOfTonight(news('in a week'), null)).toBe(true)
  expect(isOfTonight(news('in a week'), { period: null })).toBe(true)
})
