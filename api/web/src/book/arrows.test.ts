import { expect, test } from 'vitest'
import { rowTo } from './arrows'

test('arrows go one row on or back, from above the list to its first', () => {
  expect(rowTo('ArrowDown', -1, 3)).toBe(0)
  expect(rowTo('ArrowDown', 0, 3)).toBe(1)
  expect(rowTo('ArrowUp', 2, 3)).toBe(1)
})

test('Home and End go to the ends', () => {
  expect(rowTo('End', 0, 3)).toBe(2)
  expect(rowTo('Home', 2, 3)).toBe(0)
})

test('beyond the ends, in an empty list and by other keys nothing moves', () => {
  expect(rowTo('ArrowUp', 0, 3)).toBeNull()
  expect(rowTo('ArrowDown', 2, 3)).toBeNull()
  expect(rowTo('End', -1, 0)).toBeNull()
  expect(rowTo('ArrowLeft', 1, 3)).toBeNull()
})
