import { expect, test } from 'vitest'
import { anEvening, aReservation, aSeating } from '../testing/evening'
import { deedOf, dropOf, type InHand, type Over, pushOf, type Scene } from './drop'
import type { TableState } from './state'

const booked = aReservation('Yilmaz', { version: 3, tables: ['5'] })
const here = aReservation('Keller', { state: 'arrived' })
const sits = aSeating('s1', ['1'], { version: 7, reservation_id: 'r1' })
const others = aSeating('s2', ['2'], { version: 4 })

function scene(plans: boolean, states: Record<string, Partial<TableState>> = {}): Scene {
  const tonight = anEvening({ reservations: [booked, here], seatings: [sits, others] })
  return { tonight, plans, state: (table) => states[table] as TableState | undefined }
}

const party: InHand = { kind: 'party', id: 'Yilmaz', name: 'Yilmaz', size: 2 }
const seated: InHand = { kind: 'seated', id: 's1', name: '', size: 2 }
const on = (id: string): Over => ({ kind: 'table', id })
const only = (holds: InHand, over: Over, where: Scene) => dropOf(holds, over, where)?.deeds[0]

test('a party is seated from the floor, and kept a table on the timeline', () => {
  const body = { reservation_id: 'Yilmaz', version: 3, tables: ['3'] }
  expect(only(party, on('3'), scene(false))).toMatchObject({ path: '/host/orders/seat', body })
  expect(only(party, on('3'), scene(true))).toMatchObject({ path: '/host/orders/assign', body })
})

test('who is here is seated on the timeline too, but planned where somebody sits', () => {
  const keller: InHand = { ...party, id: 'Keller' }
  expect(only(keller, on('3'), scene(true))?.does).toBe('seat')
  expect(only(keller, on('1'), scene(true, { 1: { seating: 's1' } }))?.does).toBe('plan')
})

test('a held table is granted by its id', () => {
  const held = scene(false, { 4: { kind: 'held', held: 'h1' } })
  expect(only(party, on('4'), held)?.body).toMatchObject({ held_id: 'h1' })
})

test('back at its own table nothing happens', () => {
  expect(dropOf(seated, on('1'), scene(false))).toBeUndefined()
  expect(dropOf(party, on('5'), scene(true))).toBeUndefined()
})

test('two parties that sit change places or become one, after a question', () => {
  const drop = dropOf(seated, on('2'), scene(false))
  expect(drop?.asks).toBe(true)
  expect(drop?.deeds.map((each) => each.does)).toEqual(['swap', 'merge'])
  const known = { seating_id: 's1', version: 7 }
  expect(drop?.deeds[0]?.body).toEqual({ ...known, other_id: 's2', other_version: 4 })
  expect(drop?.deeds[1]?.body).toEqual({ ...known, into_id: 's2', into_version: 4 })
})

test('an empty table pushed to a taken one joins them after a question', () => {
  const table: InHand = { kind: 'table', id: '9', name: '', size: 2 }
  const states = {
    1: { seating: 's1' },
    5: { reservation: 'Yilmaz' },
    8: { kind: 'shut' as const },
  }
  const joined = dropOf(table, on('1'), scene(false, states))
  expect(joined).toMatchObject({ asks: true, deeds: [{ path: '/host/orders/move' }] })
  expect(joined?.deeds[0]?.body.tables).toEqual(['1', '9'])
  expect(dropOf(table, on('5'), scene(false, states))?.deeds[0]).toMatchObject({
    path: '/host/orders/assign',
    tables: ['5', '9'],
  })
  expect(dropOf(table, on('8'), scene(false, states))).toBeUndefined()
})

test('two empty tables are pushed together for whoever comes in, and it is asked how many', () => {
  const table: InHand = { kind: 'table', id: '9', name: '', size: 2 }
  const states = { 8: { kind: 'free', seats: 4 }, 9: { kind: 'free', seats: 2 } } as const
  expect(dropOf(table, on('8'), scene(false, states))).toMatchObject({
    asks: true,
    deeds: [
      { does: 'join', path: '/host/orders/seat', tables: ['8', '9'], body: { party_size: 6 } },
    ],
  })
})

test('an empty table and a taken one tapped after it are the same join as by a drag', () => {
  const states = { 1: { seating: 's1' }, 2: { seating: 's2' }, 9: { kind: 'free' as const } }
  const where = scene(false, states)
  expect(pushOf(['9', '1'], where)).toEqual(
    dropOf({ kind: 'table', id: '9', name: '', size: 2 }, on('1'), where),
  )
  for (const tables of [['9'], ['1', '9'], ['2', '1'], ['9', '1', '2']]) {
    expect(pushOf(tables, where)).toBeUndefined()
  }
})

test('over the list who sits waits again, who is planned is planned elsewhere, others stay', () => {
  const list: Over = { kind: 'list' }
  expect(only(seated, list, scene(false))?.path).toBe('/host/orders/unseat')
  expect(only(party, list, scene(true))?.path).toBe('/host/orders/unplan')
  expect(dropOf({ ...party, id: 'Keller' }, list, scene(true))).toBeUndefined()
})

test('several tables chosen by taps are one order', () => {
  expect(deedOf(seated, ['3', '4'], scene(false), false)?.body).toMatchObject({
    tables: ['3', '4'],
  })
})
