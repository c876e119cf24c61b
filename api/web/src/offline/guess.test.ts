import { expect, test } from 'vitest'
import type { OrderPath, Tonight } from '../lib/wire'
import { anEvening, aReservation, aSeating, at } from '../testing/evening'
import { aboutOf, type LateAct } from './acts'
import { guessed } from './guess'

let place = 0
function act(name: string, body: Record<string, unknown>, id = `act-${place}`): LateAct {
  place += 1
  const path = `/host/orders/${name}` as OrderPath
  const done = { id, place, path, body, at: at('19:31'), by: 'marat', byName: 'Marat', said: '' }
  return { ...done, about: aboutOf(id, body) }
}

const lind = aReservation('lind', { tables: ['4'], party_size: 3 })
const weber = aSeating('weber', ['2'], { reservation_id: 'gone' })
const evening = anEvening({ reservations: [lind], seatings: [weber] })
const stateOf = (tonight: Tonight) => tonight.reservations[0]?.state

test('a party that arrives, sits down and goes is followed act by act', () => {
  const arrive = act('arrive', { reservation_id: 'lind', arrived: 3 })
  const seat = act('seat', { reservation_id: 'lind', tables: ['4'] }, 'sits')
  const clear = act('clear', { seating_id: 'sits', ready: true })
  expect(stateOf(guessed(evening, [arrive]))).toBe('arrived')
  const seated = guessed(evening, [arrive, seat])
  expect(stateOf(seated)).toBe('seated')
  expect(seated.seatings.at(-1)).toMatchObject({ seating_id: 'sits', name: 'lind', party_size: 3 })
  expect(seated.seatings.at(-1)?.expected_end).toBe('2026-11-27T21:01:00.000Z')
  const gone = guessed(evening, [arrive, seat, clear])
  expect(stateOf(gone)).toBe('finished')
  expect(gone.seatings.map((each) => each.seating_id)).toEqual(['weber'])
})

test('a note is there for whoever works tonight, one for another date is not', () => {
  const dated = { ...evening, period: { service_date: '2026-11-27' } as never }
  const write = (service_date: string) => act('notes', { service_date, text: 'No oysters' })
  const [tonights, tomorrows] = [write('2026-11-27'), write('2026-11-28')]
  const shown = guessed(guessed(dated, [tonights, tomorrows]), [tonights])
  expect(shown.notes.map(({ note_id, text, written_by }) => [note_id, text, written_by])).toEqual([
    [tonights.id, 'No oysters', 'marat'],
  ])
})

test('what the service has told already is not there twice', () => {
  const seat = act('seat', { party_size: 2, tables: ['1'] }, 'sits')
  const wait = act('wait', { party_size: 2, name: 'Ines' }, 'waits')
  const once = guessed(evening, [seat, wait])
  const twice = guessed(once, [seat, wait])
  expect(twice.seatings).toHaveLength(2)
  expect(twice.waiting).toHaveLength(1)
})

test('who was on the list and is seated is off it', () => {
  const wait = act('wait', { party_size: 2, name: 'Ines' }, 'waits')
  const seat = act('seat', { wait_id: 'waits', tables: ['1'] }, 'sits')
  const after = guessed(evening, [wait, seat])
  expect(after.waiting).toEqual([])
  expect(after.seatings.at(-1)).toMatchObject({ name: 'Ines', party_size: 2, wait_id: 'waits' })
})

test('a table whose guests have gone is to be reset unless it is ready', () => {
  const gone = guessed(evening, [act('clear', { seating_id: 'weber', ready: false })])
  expect(gone.resets.map((each) => each.table_id)).toEqual(['2'])
  expect(guessed(gone, [act('ready', { table_id: '2' })]).resets).toEqual([])
})

test('the evening as it was told stays as it was', () => {
  const before = structuredClone(evening)
  guessed(evening, [act('move', { seating_id: 'weber', tables: ['9'] })])
  expect(evening).toEqual(before)
})
