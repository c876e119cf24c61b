import { expect, test } from 'vitest'
import type { Tonight } from '../lib/wire'
import { aHouse, anEvening, aReservation, aSeating, at, NOW, nextAt } from '../testing/evening'
import { floorStates, freeCount, type TableState } from './state'

function states(evening: Partial<Tonight>, now = NOW): (id: string) => TableState {
  const all = floorStates(aHouse('1', '2', '3'), anEvening(evening), now)
  return (id) => all.get(id) as TableState
}

test('a table that nobody wants tonight is free without an end', () => {
  expect(states({})('1')).toMatchObject({ kind: 'free', at: null, next: null })
})

test('a table is free until the next party where that is more than an hour away', () => {
  const later = aReservation('Haas', { starts: at('20:45') })
  const of = states({ reservations: [later], next_by_table: nextAt('1', later) })
  expect(of('1')).toMatchObject({ kind: 'free', at: at('20:45') })
})

test('within the hour it is promised, with name, size and time', () => {
  const soon = aReservation('Petrov', { starts: at('20:15'), party_size: 4, tables: ['1'] })
  const of = states({ reservations: [soon], next_by_table: nextAt('1', soon) })
  expect(of('1')).toMatchObject({ kind: 'promised', party: 'Petrov', size: 4, at: at('20:15') })
})

test('a party that is here holds its table, however early it came', () => {
  const early = aReservation('Yilmaz', {
    state: 'arrived',
    starts: at('21:00'),
    tables: ['1', '2'],
  })
  const of = states({ reservations: [early] })
  expect(of('1')).toMatchObject({ kind: 'promised', here: true, joined: ['1', '2'], lead: '1' })
  expect(of('2')).toMatchObject({ kind: 'promised', lead: '1' })
})

test('who sits shows the share of the stay and the minutes since they sat down', () => {
  const of = states({ seatings: [aSeating('Adler', ['1'])] })
  expect(of('1')).toMatchObject({ kind: 'seated', minutes: 30, over: 0, guests: 2 })
  expect(of('1').share).toBeCloseTo(1 / 3)
})

test('past the expected end it is over, by how much; with the bill paid it is not', () => {
  const long = { expected_end: at('19:14') }
  expect(states({ seatings: [aSeating('Brandt', ['1'], long)] })('1')).toMatchObject({
    kind: 'over',
    over: 16,
  })
  const paid = aSeating('Brandt', ['1'], { ...long, state: 'paid' })
  expect(states({ seatings: [paid] })('1')).toMatchObject({ kind: 'seated', check: 'paid' })
})

test('a stay that runs into the next promise is a clash', () => {
  const next = aReservation('Costa', { starts: at('20:15') })
  const seatings = [
    aSeating('Adler', ['1']),
    aSeating('Weber', ['2'], { expected_end: at('20:10') }),
  ]
  const next_by_table = { ...nextAt('1', next), ...nextAt('2', next) }
  const of = states({ reservations: [next], seatings, next_by_table })
  expect([of('1').clash, of('2').clash]).toEqual([true, false])
})

test('guests spread over tables that are pushed together', () => {
  const of = states({ seatings: [aSeating('Okafor', ['1', '2'], { party_size: 7 })] })
  expect([of('1').guests, of('2').guests, of('2').lead]).toEqual([4, 3, '1'])
})

test('a table to reset says when it is ready; one out of use until when', () => {
  const block = {
    block_id: 'b',
    table_id: '2',
    starts: at('19:00'),
    ends: at('22:00'),
    lifted_at: null,
  }
  const resets = [{ table_id: '1', since: at('19:28'), ready_at: at('19:34') }]
  const of = states({ resets, blocks: [block] as unknown as Tonight['blocks'] })
  expect(of('1')).toMatchObject({ kind: 'reset', at: at('19:34'), left: 4 })
  expect(of('2')).toMatchObject({ kind: 'shut', at: at('22:00') })
})

test('a lifted block and one that is over shut nothing, a later one ends what is free', () => {
  const block = (
    table_id: string,
    starts: string,
    ends: string,
    lifted_at: string | null = null,
  ) => ({
    block_id: table_id,
    table_id,
    starts,
    ends,
    lifted_at,
  })
  const blocks = [
    block('1', at('18:00'), at('19:00')),
    block('2', at('19:00'), at('22:00'), at('19:10')),
    block('3', at('21:00'), at('22:00')),
  ]
  const of = states({ blocks: blocks as unknown as Tonight['blocks'] })
  expect([of('1').kind, of('2').kind, of('3').kind]).toEqual(['free', 'free', 'free'])
  expect(of('3').at).toBe(at('21:00'))
})

test('all tables of an area that is shut are shut', () => {
  const period = { areas_shut: ['room'] } as unknown as Tonight['period']
  expect(states({ period })('1').kind).toBe('shut')
})

test('a held table counts down to its release', () => {
  const held = {
    held_id: 'h',
    tables: ['1'],
    starts: at('19:00'),
    ends: at('21:00'),
    release_at: at('19:48'),
  }
  const of = states({ held: [held] as unknown as Tonight['held'] })
  expect(of('1')).toMatchObject({ kind: 'held', held: 'h', left: 18 })
})

test('a table kept for a called party is nobody else’s until the time is over', () => {
  const wait = { name: 'Sato', party_size: 3, kept_tables: ['1'], kept_until: at('19:35') }
  const waiting = [wait] as unknown as Tonight['waiting']
  expect(states({ waiting })('1')).toMatchObject({ kind: 'kept', party: 'Sato', left: 5 })
  expect(states({ waiting }, Date.parse(at('19:36')))('1').kind).toBe('free')
})

test('free tables are counted by area', () => {
  const house = aHouse('1', '2', '3')
  const all = floorStates(house, anEvening({ seatings: [aSeating('Adler', ['1'])] }), NOW)
  expect([freeCount(house.tables, all), freeCount(house.tables, all, 'bar')]).toEqual([2, 0])
})
