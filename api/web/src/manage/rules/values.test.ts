import { describe, expect, it } from 'vitest'
import { meets, patchOf, pathOf, putAt, type Rules, same, valueAt } from './values'

const RULES = {
  holds: [
    {
      name: 'peak',
      count: 2,
      days: ['fri', 'sat'],
      area: null,
      ladder: [{ minutes_before: 45, keep: 1 }],
    },
    { name: 'late', count: 1, days: [], area: null, ladder: [] },
  ],
  overbooking: { enabled: true, cap_parties: 4, ceiling: 0.05 },
  no_show_grace_minutes: null,
} as unknown as Rules

const changed = (change: (rules: Rules) => void): Rules => {
  const copy = structuredClone(RULES)
  change(copy)
  return copy
}

describe('values of the rules', () => {
  it('are found and put by the name of their window', () => {
    const now = changed((rules) => putAt(rules, ['holds', 'late', 'count'], 3))
    expect(valueAt(now, ['holds', 'late', 'count'])).toBe(3)
    expect(valueAt(now, ['holds', 'peak', 'ladder', 0, 'keep'])).toBe(1)
    expect(valueAt(now, ['holds', 'gone', 'count'])).toBeUndefined()
  })

  it('are a patch of only what was touched', () => {
    expect(patchOf(RULES, RULES)).toEqual({})
    const now = changed((rules) => {
      putAt(rules, ['overbooking', 'cap_parties'], 6)
      putAt(rules, ['no_show_grace_minutes'], 20)
      putAt(rules, ['holds', 'peak', 'days'], ['sat', 'fri'])
    })
    expect(patchOf(RULES, now)).toEqual({
      overbooking: { cap_parties: 6 },
      no_show_grace_minutes: 20,
    })
    expect(patchOf(now, RULES)).toEqual({
      overbooking: { cap_parties: 4 },
      no_show_grace_minutes: null,
    })
    const fewer = changed((rules) => rules.holds.splice(0, 1))
    expect(patchOf(RULES, fewer)).toEqual({ holds: [RULES.holds[1]] })
  })

  it('say the same in any order of days, not of steps', () => {
    expect(same(['fri', 'sat'], ['sat', 'fri'])).toBe(true)
    expect(same([{ keep: 1 }, { keep: 0 }], [{ keep: 0 }, { keep: 1 }])).toBe(false)
  })

  it('are where a problem points', () => {
    expect(pathOf('/patch/holds/0/count', RULES)).toEqual(['holds', 'peak', 'count'])
    expect(pathOf('/patch/holds/0/ladder/0/keep', RULES)).toEqual([
      'holds',
      'peak',
      'ladder',
      0,
      'keep',
    ])
    expect(meets(['holds', 'peak'], ['holds', 'peak', 'count'])).toBe(true)
    expect(meets(['holds', 'peak'], ['holds', 'late', 'count'])).toBe(false)
    expect(meets([], ['holds'])).toBe(false)
  })
})
