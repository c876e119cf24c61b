import { expect, test } from 'vitest'
import type { ServerLoad } from '../lib/wire'
import { aHouse } from '../testing/evening'
import { changeTo, handed, isSlowed, servedBy, tapped, uncovered } from './sections'

const load = (server: string, ...section: string[]) =>
  ({ server, section }) as unknown as ServerLoad
const SERVED = servedBy([load('ana', '1', '2'), load('ben', '3')])

test('a tap gives a table, a second one takes it back, and nobody has what is taken from all', () => {
  expect(tapped(SERVED, '4', 'ana').get('4')).toBe('ana')
  expect(tapped(SERVED, '3', 'ana').get('3')).toBe('ana')
  expect(tapped(SERVED, '1', 'ana').has('1')).toBe(false)
  expect(tapped(SERVED, '3', null).has('3')).toBe(false)
})

test('only what has changed is sent, by server', () => {
  const after = tapped(tapped(tapped(SERVED, '3', 'ana'), '4', 'ana'), '1', null)
  expect(changeTo(['1', '2', '3', '4'], SERVED, after)).toEqual([
    { server: null, tables: ['1'] },
    { server: 'ana', tables: ['3', '4'] },
  ])
  expect(changeTo(['1', '2', '3', '4'], SERVED, SERVED)).toEqual([])
})

test('who goes home hands over every table, and none is left without a server', () => {
  const after = handed(SERVED, ['1', '2'], 'ben')
  expect(changeTo(['1', '2', '3'], SERVED, after)).toEqual([{ server: 'ben', tables: ['1', '2'] }])
  expect(uncovered(aHouse('1', '2', '3'), after)).toEqual([])
  expect(uncovered(aHouse('1', '2', '3', '4'), SERVED)).toEqual(['4'])
})

test('the kitchen is slowed until the lever ends', () => {
  const until = '2026-11-27T20:00:00Z'
  const period = (covers: number | null, end: string | null) =>
    ({ period: { pacing_covers: covers, pacing_covers_until: end } }) as never
  expect(isSlowed(period(8, until), Date.parse(until) - 1)).toBe(true)
  expect(isSlowed(period(8, until), Date.parse(until))).toBe(false)
  expect(isSlowed(period(8, null), Date.parse(until))).toBe(true)
  expect(isSlowed(period(null, null), 0)).toBe(false)
})
