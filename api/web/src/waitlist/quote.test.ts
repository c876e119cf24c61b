import { describe, expect, it } from 'vitest'
import { bandOf, bandWords, changed, runningQuote } from './quote'

const JOINED = '2027-03-03T19:00:00Z'
const at = (minutes: number) => Date.parse(JOINED) + minutes * 60_000

describe('a quote', () => {
  it('counts down, has a word at five and at nought, then counts up', () => {
    const given = { joined_at: JOINED, quoted_minutes: 20 }
    expect(runningQuote(given, at(0))).toEqual({ phase: 'running', minutes: 20 })
    expect(runningQuote(given, at(14.9))).toEqual({ phase: 'running', minutes: 6 })
    expect(runningQuote(given, at(15))).toEqual({ phase: 'soon', minutes: 5 })
    expect(runningQuote(given, at(20))).toEqual({ phase: 'due', minutes: 0 })
    expect(runningQuote(given, at(24))).toEqual({ phase: 'over', minutes: 4 })
  })

  it('that was not given counts how long they wait', () => {
    const none = { joined_at: JOINED, quoted_minutes: null }
    expect(runningQuote(none, at(7))).toEqual({ phase: 'open', minutes: 7 })
  })

  it('is said as a band and changed by five at a tap', () => {
    const estimate = { likely: 15, latest: 20 }
    expect(bandOf(20, estimate)).toEqual(estimate)
    expect(bandOf(30, estimate)).toEqual({ likely: null, latest: 30 })
    expect(bandWords('said', 'said-end', estimate)).toEqual(['said', estimate])
    expect(bandWords('said', 'said-end', bandOf(30, null))).toEqual(['said-end', { latest: 30 }])
    expect(changed(22, 1)).toBe(25)
    expect(changed(22, -1)).toBe(20)
    expect(changed(20, -1)).toBe(15)
    expect(changed(0, -1)).toBe(0)
  })
})
