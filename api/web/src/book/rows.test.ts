import { expect, test } from 'vitest'
import { floorStates } from '../floor/state'
import type { Reservation, Tonight } from '../lib/wire'
import { aHouse, anEvening, aReservation, aSeating, at, NOW } from '../testing/evening'
import { allPartyActs, keepUntil, seatedActs } from './acts'
import { countsOf, keptStill, type Row, rowsOf, shownMarks, type Tab } from './rows'

function rows(tab: Tab, evening: Partial<Tonight>, now = NOW): Row[] {
  const book = anEvening(evening)
  return rowsOf(tab, book, { states: floorStates(aHouse('1', '2', '3', '12'), book, now), now })
}

function row(more: Partial<Reservation>, evening: Partial<Tonight> = {}, now = NOW): Row {
  const [only] = rows('all', { reservations: [aReservation('Yilmaz', more)], ...evening }, now)
  return only as Row
}

test('arrivals stand by the hour, and who came early by when they came', () => {
  const book = [
    aReservation('Keller', { starts: at('19:45') }),
    aReservation('Haas', { starts: at('20:30'), state: 'arrived', arrived_at: at('19:20') }),
    aReservation('Sorokina', { starts: at('19:15') }),
    aReservation('Gone', { state: 'finished' }),
  ]
  const names = rows('arriving', { reservations: book }).map((each) => each.name)
  expect(names).toEqual(['Sorokina', 'Haas', 'Keller'])
})

test('who has been seated stands by when the table is expected back', () => {
  const seatings = [
    aSeating('Late', ['1'], { expected_end: at('21:00') }),
    aSeating('Soon', ['2'], { expected_end: at('19:50') }),
    aSeating('Gone', ['3'], { state: 'cleared' }),
  ]
  expect(rows('seated', { seatings }).map((each) => each.name)).toEqual(['Soon', 'Late'])
  expect(countsOf(anEvening({ seatings })).seated).toBe(2)
})

test('rule 2: a party that is here is seated at its table by the row’s one brass act', () => {
  const { act } = row({ state: 'arrived', arrived: 2, arrived_at: at('19:28'), tables: ['12'] })
  expect(act).toEqual({ kind: 'seat', tables: ['12'], brass: true })
})

test('rule 2: a booked party that is due has it beside Arrived, which keeps its place', () => {
  const { act, second } = row({ starts: at('19:40'), tables: ['12'] })
  expect([act?.kind, second?.kind, second?.tables]).toEqual(['arrive', 'seat', ['12']])
  expect(row({ starts: at('20:40'), tables: ['12'] }).second).toBeNull()
})

test('nobody is offered a table that somebody sits at', () => {
  const here: Partial<Reservation> = {
    state: 'arrived',
    arrived: 2,
    arrived_at: at('19:28'),
    tables: ['12'],
  }
  expect(row(here, { seatings: [aSeating('Adler', ['12'])] }).act?.kind).toBe('find')
})

test('rule 18: late is told in minutes from the fifth on, with ten more beside Arrived', () => {
  const at34 = row({ starts: at('19:26') })
  expect([at34.late, at34.form]).toEqual([0, 'beyond'])
  const late = row({ starts: at('19:25'), no_show_at: at('19:40') })
  expect([late.late, late.form, late.act?.kind, late.second?.kind]).toEqual([
    5,
    'late',
    'arrive',
    'keep',
  ])
  expect(late.until).toBe(at('19:40'))
})

test('rule 18: what will be given up in five minutes says so, late or not', () => {
  const soon = row({ starts: at('19:28'), no_show_at: at('19:35') })
  expect([soon.late, soon.until]).toEqual([0, at('19:35')])
  expect(row({ starts: at('19:28'), no_show_at: at('19:36') }).until).toBeNull()
})

test('a party that told when it comes is late from then on', () => {
  expect(row({ starts: at('19:00'), late_until: at('19:40') }).late).toBe(0)
  expect(keepUntil(aReservation('A', { starts: at('19:20') }), NOW)).toBe(
    '2026-11-27T19:40:00.000Z',
  )
  expect(keepUntil(aReservation('A', { late_until: at('19:35') }), NOW)).toBe(
    '2026-11-27T19:45:00.000Z',
  )
})

test('rule 21: three marks at most, allergy first; the rest is a number', () => {
  const { marks } = row({
    allergies: 'nuts',
    state: 'arrived',
    arrived: 1,
    arrived_at: at('19:24'),
    needs: { area: null, step_free: true, quiet: true, high_chairs: 1 },
  })
  const { shown, more } = shownMarks(marks, false)
  expect(shown.map((each) => each.key)).toEqual([
    'list-mark-allergy',
    'list-mark-some-here',
    'list-mark-step-free',
  ])
  expect(more).toBe(2)
})

test('marks about a person fold away, the others stay', () => {
  const { marks } = row({
    allergies: 'nuts',
    needs: { area: null, step_free: true, quiet: false, high_chairs: 0 },
  })
  expect(shownMarks(marks, true).shown.map((each) => each.key)).toEqual(['list-mark-step-free'])
})

test('a promise beyond the room says how rarely it goes wrong', () => {
  const overbooked = [
    { reservation_id: 'Yilmaz', risk: { probability: 0.06 } },
  ] as unknown as Tonight['overbooked']
  const beyond = row({}, { overbooked })
  expect(beyond.form).toBe('beyond')
  expect(beyond.marks[0]).toMatchObject({ key: 'list-mark-risk', params: { evenings: 17 } })
})

test('rule 3: what ends a visit is never the first act of a row or sheet', () => {
  const ending = new Set(['no_show', 'cancel', 'clear', 'vacate', 'walk', 'decline'])
  const sight = { states: floorStates(aHouse('12'), anEvening(), NOW), now: NOW }
  for (const state of ['requested', 'booked', 'arrived', 'no_show', 'walked'] as const) {
    const first = allPartyActs(aReservation('A', { state, tables: ['12'] }), sight)[0]
    expect(ending.has(first?.kind ?? '')).toBe(false)
    expect(first?.brass).toBe(true)
  }
  for (const state of ['seated', 'check_down', 'paid'] as const) {
    expect(ending.has(seatedActs(aSeating('A', ['1'], { state }))[0]?.kind ?? '')).toBe(false)
  }
})

test('rule 5: what came while a finger was down is counted, not shown', () => {
  expect(keptStill(['a', 'b'], ['c', 'b', 'a', 'd']).fresh).toEqual(['c', 'd'])
})
