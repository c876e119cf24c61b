import { describe, expect, it } from 'vitest'
import { dayOf, daysOn, inForceOn, type RulesVersion, standingOf } from './versions'

const version = (number: number, more: Partial<RulesVersion>): RulesVersion =>
  ({
    version: number,
    state: 'published',
    published_at: '2026-11-01T10:00:00Z',
    ...more,
  }) as RulesVersion

const ALL = [
  version(12, { state: 'draft', from_date: null }),
  version(11, { from_date: '2026-12-01' }),
  version(10, { from_date: '2026-11-02', published_at: '2026-11-01T12:00:00Z' }),
  version(9, { from_date: '2026-11-02', published_at: '2026-11-01T11:00:00Z' }),
  version(8, { from_date: '2026-11-20', state: 'withdrawn' }),
  version(7, { from_date: '2026-10-01' }),
]

describe('the versions of the rules', () => {
  it('in force is the latest date, of one date the latest deed, and no withdrawn one', () => {
    expect(inForceOn(ALL, '2026-11-29')?.version).toBe(10)
    expect(inForceOn(ALL, '2026-12-01')?.version).toBe(11)
    expect(inForceOn(ALL, '2026-10-15')?.version).toBe(7)
    expect(inForceOn(ALL, '2026-09-30')).toBeUndefined()
    expect(ALL.map((each) => standingOf(each, ALL, '2026-11-29'))).toEqual([
      'draft',
      'later',
      'force',
      'past',
      'withdrawn',
      'past',
    ])
  })

  it('know the day of the house and the next', () => {
    expect(daysOn('2026-12-31', 1)).toBe('2027-01-01')
    expect(dayOf('2026-11-29T23:30:00Z', 'Europe/Berlin')).toBe('2026-11-30')
  })
})
