import { expect, test } from 'vitest'
import { agreedRate, rateBetween } from './rate'

const at = (machine: number, service: number) => ({ machine, service })

test('a clock that runs at sixty is told from two answers', () => {
  expect(rateBetween(at(0, 0), at(2000, 120_000))).toBe(60)
  expect(agreedRate(1, 60, 59.95)).toBe(60)
})

test('answers that are too close tell nothing', () => {
  expect(rateBetween(at(0, 0), at(200, 12_000))).toBeNull()
})

test('a clock that is moved once keeps its rate', () => {
  expect(agreedRate(1, 1, 300)).toBe(1)
  expect(agreedRate(1, 300, 1)).toBe(1)
})

test('a clock that stands is told', () => {
  expect(agreedRate(1, 0, 0)).toBe(0)
})
