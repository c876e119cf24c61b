import { expect, test } from 'vitest'
import { aTable } from '../testing/evening'
import {
  beforeNow,
  boxOf,
  heightOf,
  inSight,
  itemsOf,
  LEAST_HOUR,
  ROW,
  scrollBy,
  stepFrom,
  stretchOf,
  ticksOf,
  xOf,
} from './geometry'

const at = (clock: string) => Date.parse(`2026-11-27T${clock}:00Z`)
const EVENING = { opens: '2026-11-27T17:00:00Z', closes: '2026-11-28T00:00:00Z' }

test('the evening fits a tablet; a phone shows the hours around now and can turn them', () => {
  const whole = stretchOf(EVENING, 920, at('17:00'))
  expect(whole).toEqual({ from: at('17:00'), till: Date.parse(EVENING.closes), width: 920 })
  const later = stretchOf(EVENING, 920, at('18:40'))
  expect([later.from, later.till]).toEqual([at('18:30'), Date.parse(EVENING.closes)])
  const phone = stretchOf(EVENING, 318, at('19:12'))
  expect(phone.from).toBe(at('19:00'))
  expect((phone.till - phone.from) / 3_600_000).toBeLessThanOrEqual(318 / LEAST_HOUR)
  expect(stretchOf(EVENING, 318, at('10:00')).from).toBe(at('17:00'))
  expect(stretchOf(EVENING, 318, at('23:50')).till).toBe(Date.parse(EVENING.closes))
})

test('it begins a little before now, with those who sit in sight if they came not long ago', () => {
  const sat = (clock: string) => ({ kind: 'seated', starts: at(clock) })
  const gone = { kind: 'past', starts: at('17:00') }
  expect(beforeNow(at('19:42'), [gone])).toBe(at('19:00'))
  expect(beforeNow(at('19:42'), [gone, sat('18:40')])).toBe(at('18:30'))
  expect(beforeNow(at('19:42'), [sat('17:10')])).toBe(at('18:00'))
})

test('a bar is cut where it leaves the hours in sight, and gone where it is outside', () => {
  const stretch = { from: at('18:00'), till: at('20:00'), width: 240 }
  expect(xOf(stretch, at('19:00'))).toBe(120)
  expect(boxOf(stretch, at('17:00'), at('19:00'))).toEqual({
    left: 0,
    width: 119,
    begun: true,
    goesOn: false,
  })
  expect(boxOf(stretch, at('19:30'), at('21:00'))).toMatchObject({ left: 181, goesOn: true })
  expect(boxOf(stretch, at('16:00'), at('18:00'))).toBeUndefined()
  expect(boxOf(stretch, at('20:00'), at('21:00'))).toBeUndefined()
  expect(ticksOf(stretch).map((tick) => tick.hour)).toEqual([true, false, true, false])
})

const SIXTY = {
  areas: [
    { id: 'room', name: 'Room' },
    { id: 'terrace', name: 'Terrace' },
    { id: 'unused', name: 'Cellar' },
  ],
  tables: Array.from({ length: 60 }, (_, i) =>
    aTable(`${i + 1}`, { area: i % 2 ? 'terrace' : 'room' }),
  ),
} as unknown as Parameters<typeof itemsOf>[0]

test('rows stand by area in the order of the room, without a gap, and no area is empty', () => {
  const items = itemsOf(SIXTY)
  expect(items.filter((each) => each.kind === 'area').map((each) => each.id)).toEqual([
    'room',
    'terrace',
  ])
  expect(
    items
      .filter((each) => each.kind === 'table')
      .slice(0, 3)
      .map((each) => each.id),
  ).toEqual(['1', '3', '5'])
  items.slice(1).forEach((each, i) => {
    const above = items[i]
    expect(each.y).toBe((above?.y ?? 0) + (above?.height ?? 0))
  })
  expect(heightOf(items)).toBe(60 * ROW + 2 * 36)
})

test('only what is in sight is drawn', () => {
  const seen = inSight(itemsOf(SIXTY), 1000, 560)
  expect(seen.length).toBeLessThan(20)
  expect(seen[0]?.y).toBeLessThan(1000)
  expect((seen.at(-1)?.y ?? 0) + ROW).toBeGreaterThan(1560)
})

test('near the upper and lower edge a carried party scrolls the rows, elsewhere not', () => {
  expect(scrollBy(300, 100, 700)).toBe(0)
  expect(scrollBy(104, 100, 700)).toBeLessThan(0)
  expect(scrollBy(690, 100, 700)).toBeGreaterThan(0)
  expect(scrollBy(60, 100, 700)).toBe(0)
})

test('arrows go from row to row and from bar to bar', () => {
  const bars = (table: string) => (table === '1' ? ['a', 'b'] : [])
  const step = (table: string, bar: string | null, key: string) =>
    stepFrom({ table, bar }, key, ['1', '2'], bars)
  expect(step('1', null, 'ArrowRight')).toEqual({ table: '1', bar: 'a' })
  expect(step('1', 'a', 'ArrowLeft')).toEqual({ table: '1', bar: null })
  expect(step('1', 'b', 'ArrowRight')).toBeUndefined()
  expect(step('1', 'b', 'ArrowDown')).toEqual({ table: '2', bar: null })
  expect(step('1', 'b', 'ArrowUp')).toBeUndefined()
})
