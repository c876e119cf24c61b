import { describe, expect, it } from 'vitest'
import { amountsUpTo, amountTyped, unitOf } from './amounts'

describe('amounts to tap', () => {
  it('are round, within the limit, and one above it that asks a manager', () => {
    expect(amountsUpTo(3000, 100)).toEqual([1000, 1500, 2000, 3000, 5000])
    expect(amountsUpTo(0, 100)).toEqual([100])
    expect(amountsUpTo(1500, 1)).toEqual([150, 200, 300, 500])
  })

  it('typed by hand are read with a comma or a point', () => {
    expect(amountTyped('12,50', 100)).toBe(1250)
    expect(amountTyped(' 8 ', unitOf('EUR'))).toBe(800)
    expect(amountTyped('800', unitOf('JPY'))).toBe(800)
    expect(amountTyped('-3', 100)).toBeNull()
    expect(amountTyped('free', 100)).toBeNull()
  })
})
