import { describe, expect, it } from 'vitest'
import type { DoorOption, DoorOptions } from '../lib/wire'
import { bestOf, countdown, Meanings, meaningOf, nextAt, stateOf } from './answers'

function choice(tables: string[], more: Partial<DoorOption> = {}): DoorOption {
  return {
    kind: 'table',
    tables,
    area: 'room',
    seats: 2,
    turn_ends: '2027-03-03T20:30:00Z',
    full_turn: true,
    moved: {},
    sentence: '',
    free_until: null,
    interchangeable: 0,
    ready_at: null,
    wait_minutes: 0,
    wait_likely: 0,
    held_id: null,
    exposes: [],
    unmet_needs: [],
    worth: null,
    advised: false,
    moves: [],
    exposes_parties: [],
    held_lost: [],
    warnings: [],
    asks: [],
    order: null,
    server: null,
    ...more,
  }
}

const answer = (...options: DoorOption[]): DoorOptions => ({
  options,
  parties_ahead: 0,
  advice: null,
  because: '',
  reasons: [],
  period_id: null,
  version: 1,
  code: null,
  message: null,
  params: {},
  sentence: '',
  playbook: [],
  servers: [],
  kitchen: null,
})

describe('the door', () => {
  it('is full where only a wait or a held table is left, and short where no turn is whole', () => {
    const wait = choice(['3'], { kind: 'wait' })
    const held = choice(['4'], { held_id: 'h' })
    const short = choice(['5'], { full_turn: false })
    expect(stateOf(answer(wait, held))).toBe('full')
    expect(stateOf(answer(short, wait))).toBe('short')
    expect(stateOf(answer(short, choice(['6'])))).toBe('free')
  })

  it('has the brass on what is advised, a wait too, and on none where no table seats now', () => {
    const wait = choice(['3'], { kind: 'wait', advised: true })
    const held = choice(['4'], { held_id: 'h' })
    expect(bestOf([wait, choice(['5']), held])).toBe(0)
    expect(bestOf([held, choice(['5']), choice(['6'])])).toBe(1)
    expect(bestOf([choice(['5']), choice(['6'], { advised: true })])).toBe(1)
    expect(bestOf([wait, held])).toBe(-1)
  })

  it('takes no tap within 800 ms after another table stands at the place', () => {
    const meanings = new Meanings()
    const first = new Map([['0', meaningOf(choice(['12']))]])
    expect(meanings.show(first, 0)).toEqual([])
    expect(meanings.settled('0', 0)).toBe(true)
    expect(meanings.show(new Map([['0', meaningOf(choice(['14']))]]), 1000)).toEqual(['0'])
    expect(meanings.settled('0', 1799)).toBe(false)
    expect(meanings.settled('0', 1800)).toBe(true)
    expect(meanings.settled('7', 5000)).toBe(false)
  })

  it('names who sits there next', () => {
    const yilmaz = {
      reservation_id: 'y',
      name: 'Yilmaz',
      party_size: 4,
      starts: '2027-03-03T20:30:00Z',
      tables: ['12'],
    }
    expect(nextAt(['12'], '2027-03-03T20:00:00Z', [yilmaz])).toBe(yilmaz)
    expect(nextAt(['12'], '2027-03-03T21:00:00Z', [yilmaz])).toBeUndefined()
  })

  it('counts what is kept down to nothing', () => {
    const until = '2027-03-03T20:02:00Z'
    expect(countdown(until, Date.parse('2027-03-03T20:00:12Z'))).toBe('1:48')
    expect(countdown(until, Date.parse('2027-03-03T20:05:00Z'))).toBe('0:00')
  })
})
