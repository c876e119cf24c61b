import { describe, expect, it } from 'vitest'
import type { Tonight } from '../../lib/wire'
import { aReservation, at } from '../../testing/evening'
import {
  barsOf,
  byCause,
  type Cause,
  keptBy,
  leftUntil,
  oftenOf,
  type SoFar,
  tightest,
} from './evening'

type Pressure = Tonight['pressure'][number]

function quarter(clock: string, promised: number, more: Partial<Pressure> = {}): Pressure {
  const plain = { seated: 10, capacity: 60, pacing: 20, pacing_usual: 20 }
  return {
    at: at(clock),
    promised,
    risk: null,
    any_wait: null,
    starting_parties: 0,
    starting_covers: 0,
    ...plain,
    ...more,
  }
}

const SO: SoFar = {
  now: at('19:35'),
  period_id: 'p',
  present: [
    { at: at('19:15'), present: 22 },
    { at: at('19:30'), present: 24 },
  ],
  windows: [{ name: 'peak', seats: 2, count: 2 }],
}

describe('the quarters of the evening', () => {
  it('are what was until now, and what is promised from the one that runs on', () => {
    const pressure = [quarter('19:30', 20), quarter('19:45', 51)]
    const bars = barsOf({ pressure, reservations: [] }, SO)
    expect(bars.map((each) => [each.at.slice(11, 16), each.guests, each.past])).toEqual([
      ['19:15', 22, true],
      ['19:30', 30, false],
      ['19:45', 61, false],
    ])
    expect(bars.map((each) => each.beyond)).toEqual([false, false, true])
  })

  it('are beyond the room while a party is there that has no table in the plan', () => {
    const guest = aReservation('one', {
      kind: 'overbooked',
      starts: at('20:00'),
      ends: at('20:30'),
    })
    const pressure = ['19:45', '20:00', '20:15', '20:30'].map((clock) => quarter(clock, 9))
    const seen = (party: typeof guest) =>
      barsOf({ pressure, reservations: [party] }, null).map((each) => each.beyond)
    expect(seen(guest)).toEqual([false, true, true, false])
    expect(seen({ ...guest, state: 'seated' })).toEqual([false, false, false, false])
  })

  it('have a tightest: by the risk that was told, else by guests for the room', () => {
    const full = [quarter('20:00', 40), quarter('20:15', 45), quarter('20:30', 30)]
    expect(tightest(full)).toEqual({ at: at('20:15'), guests: 55, room: 60, risk: null })
    const told = [...full, quarter('20:45', 20, { risk: 0.02, any_wait: 0.06 })]
    expect(tightest(told)?.at).toBe(at('20:45'))
    expect(tightest(told)?.risk).toBe(0.06)
    expect(tightest([quarter('20:00', 0, { seated: 0 })])).toBeNull()
  })
})

it('a probability is said as a frequency', () => {
  expect(oftenOf(0.06)).toEqual({ way: 'one', of: 17 })
  expect(oftenOf(0.5)).toEqual({ way: 'one', of: 2 })
  expect(oftenOf(0.7)).toEqual({ way: 'tenths', count: 7 })
  expect(oftenOf(0.001)).toEqual({ way: 'hardly' })
})

it('refusals are counted by the few causes that a manager knows', () => {
  const cause = (code: string, parties: number, more: Partial<Cause> = {}): Cause => ({
    code,
    parties,
    kind: 'denial',
    channel: 'walk_in',
    covers: 0,
    recovered: 0,
    repeats: 0,
    expected: 0,
    ...more,
  })
  const counted = byCause([
    cause('PARTY_SIZE_NOT_ALLOWED', 2),
    cause('NO_TABLE_FITS', 3),
    cause('HELD_BACK', 1),
    cause('NO_TABLE_FITS', 1, { kind: 'regret', channel: 'waitlist' }),
  ])
  expect(counted).toEqual([
    { cause: 'full', parties: 4 },
    { cause: 'large', parties: 2 },
    { cause: 'left', parties: 1 },
  ])
})

it('held tables stand under their windows, the next to go back first', () => {
  const table = (held_id: string, window: string, release_at: string) =>
    ({ held_id, window, release_at, seats: 4, version: 1 }) as unknown as Tonight['held'][number]
  const held = [
    table('b', 'peak', at('20:15')),
    table('a', 'peak', at('19:45')),
    table('c', 'gone', at('20:00')),
  ]
  const [peak, gone] = keptBy({ held }, SO)
  expect([peak?.window, peak?.seats, peak?.held.length, peak?.next?.held_id, peak?.more]).toEqual([
    'peak',
    2,
    2,
    'a',
    true,
  ])
  expect([gone?.seats, gone?.more]).toEqual([4, false])
})

it('time left is minutes and seconds', () => {
  expect(leftUntil(at('19:32'), Date.parse(at('19:30')) + 8_000)).toBe('1:52')
  expect(leftUntil(at('19:30'), Date.parse(at('19:30')))).toBeNull()
})
