import { describe, expect, it } from 'vitest'
import { countdown, Meanings, meaningOf, movedBy, nextAt, often, stateOf } from './answers'
import type { Choice, DoorAnswer } from './coming'

function choice(tables: string[], more: Partial<Choice> = {}): Choice {
  return {
    kind: 'table',
    tables,
    area: 'room',
    seats: 2,
    turn_ends: '2027-03-03T20:30:00Z',
    full_turn: true,
    moved: {},
    sentence: '',
    interchangeable: 0,
    wait_minutes: 0,
    exposes: [],
    unmet_needs: [],
    advised: false,
    ...more,
  }
}

const answer = (...options: Choice[]): DoorAnswer => ({ options, parties_ahead: 0, because: '' })

describe('the door', () => {
  it('is full where only a wait or a held table is left, and short where no turn is whole', () => {
    const wait = choice(['3'], { kind: 'wait' })
    const held = choice(['4'], { held_id: 'h' })
    const short = choice(['5'], { full_turn: false })
    expect(stateOf(answer(wait, held))).toBe('full')
    expect(stateOf(answer(short, wait))).toBe('short')
    expect(stateOf(answer(short, choice(['6'])))).toBe('free')
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

  it('names whom a choice moves, and who sits there next', () => {
    const yilmaz = {
      reservation_id: 'y',
      name: 'Yilmaz',
      party_size: 4,
      starts: '2027-03-03T20:30:00Z',
      tables: ['12'],
    }
    expect(movedBy(choice(['12'], { moved: { y: ['15'] } }), [yilmaz])).toEqual([
      { name: 'Yilmaz', to: '15' },
    ])
    expect(nextAt(['12'], '2027-03-03T20:00:00Z', [yilmaz])).toBe(yilmaz)
    expect(nextAt(['12'], '2027-03-03T21:00:00Z', [yilmaz])).toBeUndefined()
  })

  it('counts what is kept down to nothing and tells a risk as evenings', () => {
    const until = '2027-03-03T20:02:00Z'
    expect(countdown(until, Date.parse('2027-03-03T20:00:12Z'))).toBe('1:48')
    expect(countdown(until, Date.parse('2027-03-03T20:05:00Z'))).toBe('0:00')
    expect(often(1 / 17)).toEqual({ form: 'one-in', count: 17 })
    expect(often(0.5)).toEqual({ form: 'in-ten', count: 5 })
  })
})
