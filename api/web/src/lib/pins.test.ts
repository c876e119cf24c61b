import { expect, test } from 'vitest'
import { keepLength, lengthOf, typed } from './pins'

test('digits are typed and taken back, and nothing else', () => {
  expect(['2', '4', 'x', 'Backspace', '6'].reduce(typed, '')).toBe('26')
  expect('123456789'.split('').reduce(typed, '')).toBe('12345678')
  expect(typed('', 'Backspace')).toBe('')
})

test('a PIN that opened the tablet is known by its length only', () => {
  expect(lengthOf('marat')).toBeUndefined()
  keepLength('marat', '246813')
  expect(lengthOf('marat')).toBe(6)
})
