import { expect, it } from 'vitest'
import { written } from './figures'

const figure = { value: 0.3, cases: 12, of: 40, low: 0.18, high: 0.45 }

it('writes a share with its interval, and a few cases as they are', () => {
  expect(written(figure, 'share', 'EUR')).toBe('30\u00a0% (18–45)')
  expect(written({ ...figure, cases: 3, of: 7, low: null, high: null }, 'share', 'EUR')).toBe('3/7')
})

it('tells the ends of a narrow interval apart, or leaves it out', () => {
  const tips = { ...figure, value: 0.0712, cases: null }
  expect(written({ ...tips, low: 0.0688, high: 0.0741 }, 'share', 'EUR')).toBe(
    '7.1\u00a0% (6.9–7.4)',
  )
  expect(written({ ...tips, low: 0.0711, high: 0.0713 }, 'share', 'EUR')).toBe('7.1\u00a0%')
})

it('writes amounts in the currency, minutes whole, and what there is not as a dash', () => {
  const plain = { cases: null, of: null, low: null, high: null }
  expect(written({ ...plain, value: 123456 }, 'money', 'EUR')).toBe('€1,234.56')
  expect(written({ ...plain, value: 12.6 }, 'minutes', 'EUR')).toBe('13')
  expect(written({ ...plain, value: 3.25 }, 'number', 'EUR')).toBe('3.3')
  expect(written({ ...plain, value: null }, 'count', 'EUR')).toBe('–')
})
