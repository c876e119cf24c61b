import { expect, it } from 'vitest'
import { digitsFor, drawnPin } from './pin'

/** Draws these digits, one after the other. */
const drawing = (digits: string) => {
  const left = [...digits].map(Number)
  return () => left.shift() ?? 0
}

it('draws no PIN that others try first', () => {
  expect(drawnPin(4, drawing('12345083'))).toBe('5083')
  expect(drawnPin(4, drawing('198776085091'))).toBe('7608')
  expect(drawnPin(4, drawing('55550371'))).toBe('5037')
  expect(drawnPin(4, drawing('9873' + '6140'))).toBe('6140')
})

it('draws as many digits as the role has', () => {
  expect(drawnPin(digitsFor('manager'))).toMatch(/^\d{6}$/)
  expect(drawnPin(digitsFor('server'))).toMatch(/^\d{4}$/)
})
