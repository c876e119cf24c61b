import { expect, test } from 'vitest'
import type { House } from '../lib/wire'
import { anEvening, aReservation, aSeating, aTable, at, NOW } from '../testing/evening'
import { businessNow, goesOn, isOpen, lockedRoom } from './known'

const MINUTE = 60_000

test('business time goes on by the evening’s pace while the page is closed', () => {
  const known = { business: NOW, wall: 1000, rate: 60 }
  expect(businessNow(known, 1000 + 2 * MINUTE)).toBe(NOW + 120 * MINUTE)
  expect(businessNow(known, 0)).toBe(NOW)
})

test('nothing of an evening that is over is shown', () => {
  const evening = anEvening({ period: { closes: at('23:30') } as never })
  expect(goesOn(evening, Date.parse(at('23:29')))).toBe(true)
  expect(goesOn(evening, Date.parse(at('23:30')))).toBe(false)
  expect(goesOn(anEvening({ period: null }), NOW)).toBe(false)
})

test('a tablet that was locked, or not touched for a quarter of an hour, asks for the PIN', () => {
  expect(isOpen({ locked: false, touched: 0 }, 15 * MINUTE - 1)).toBe(true)
  expect(isOpen({ locked: false, touched: 0 }, 15 * MINUTE)).toBe(false)
  expect(isOpen({ locked: true, touched: 0 }, 1)).toBe(false)
})

test('a locked room names nobody', () => {
  const house = {
    venue: { name: 'Linde', zone: 'UTC', locale: 'en' },
    areas: [],
    walls: [],
    tables: [aTable('1')],
  } as unknown as House
  const evening = anEvening({
    period: { name: 'dinner' } as never,
    reservations: [aReservation('Lind', { tables: ['1'] }), aReservation('x', { state: 'walked' })],
    seatings: [aSeating('Weber', ['2'], { notes: 'by the window' })],
  })
  const room = lockedRoom(house, evening, NOW, 1)
  expect(room.seated.map((each) => each.tables)).toEqual([['2']])
  expect(room.expected.map((each) => each.tables)).toEqual([['1']])
  expect(JSON.stringify(room)).not.toMatch(/Lind"|Weber|window/)
})
