import { expect, test } from 'vitest'
import { anEvening, aReservation, aSeating, at, NOW } from '../testing/evening'
import { barsOf, byTable, type Span, unplacedOf } from './bars'

const kinds = (evening: Parameters<typeof barsOf>[0]) =>
  Object.fromEntries(barsOf(evening, [], NOW).map((bar) => [bar.name, bar.kind]))

test('each state of a party is a bar of its own kind', () => {
  const evening = anEvening({
    reservations: [
      aReservation('comes', { tables: ['1'] }),
      aReservation('here', { state: 'arrived', tables: ['2'], arrived_at: at('19:20') }),
      aReservation('late', { starts: at('19:20'), tables: ['3'] }),
      aReservation('told', { starts: at('19:20'), late_until: at('19:40'), tables: ['4'] }),
      aReservation('cancelled', { state: 'cancelled', tables: ['5'] }),
    ],
    seatings: [
      aSeating('sits', ['6']),
      aSeating('stays', ['7'], { expected_end: at('19:14'), overdue: true }),
      aSeating('pays', ['8'], { expected_end: at('19:14'), overdue: true, state: 'paid' }),
    ],
  })
  expect(kinds(evening)).toEqual({
    comes: 'plan',
    here: 'arrived',
    late: 'late',
    told: 'plan',
    sits: 'seated',
    stays: 'over',
    pays: 'seated',
  })
})

test('who sits past its time is drawn into the future, and clashes with who is planned there', () => {
  const bars = barsOf(
    anEvening({
      seatings: [aSeating('stays', ['7'], { expected_end: at('19:14'), overdue: true })],
      reservations: [
        aReservation('next', { starts: at('19:40'), tables: ['7'] }),
        aReservation('after', { starts: at('21:30'), ends: at('23:00'), tables: ['7'] }),
      ],
    }),
    [],
    NOW,
  )
  const clash = Object.fromEntries(bars.map((bar) => [bar.name, bar.clash]))
  expect(bars[0]?.ends).toBe(Date.parse(at('19:45')))
  expect(clash).toEqual({ stays: false, next: true, after: false })
})

test('a party at two tables is in both rows; one without a table is in none, but in the tray', () => {
  const evening = anEvening({
    seatings: [aSeating('many', ['1', '2'])],
    reservations: [aReservation('nowhere'), aReservation('gone', { state: 'no_show' })],
  })
  const rows = byTable(barsOf(evening, [], NOW))
  expect([...rows.keys()]).toEqual(['1', '2'])
  expect(unplacedOf(evening, NOW).map((bar) => bar.name)).toEqual(['nowhere'])
})

test('stays that are over and private events come from the service', () => {
  const span = { id: null, tables: ['1'], starts: at('17:00'), ends: at('18:00'), name: '' }
  const past = { ...span, kind: 'past', name: 'Ines', text: '', party_size: 3 } as Span
  const event = { ...span, kind: 'private_event', text: 'Wedding', party_size: 0 } as Span
  const bars = barsOf(anEvening(), [past, event], NOW)
  expect(bars.map((bar) => [bar.kind, bar.name])).toEqual([
    ['past', 'Ines'],
    ['event', 'Wedding'],
  ])
})
