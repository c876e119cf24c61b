import { describe, expect, it } from 'vitest'
import {
  arrow,
  boundsOf,
  couldJoin,
  freePlace,
  nextId,
  onGrid,
  overlap,
  renamedIn,
  snapped,
  standing,
  type Table,
  together,
  turned,
} from './plan'

function table(id: string, x: number, y: number, more: Partial<Table> = {}): Table {
  const plain = { area: 'room', seats_max: 2, seats_min: 1, features: [], rotation: 0 }
  return { id, x, y, shape: 'rectangle', width: 1, depth: 0.8, ...plain, ...more }
}

describe('a table that is put down', () => {
  it('stands on the grid where nothing is near', () => {
    expect(snapped(table('1', 0, 0), { x: 3.04, y: 7.38 }, [])).toEqual({
      x: 3,
      y: 7.4,
      guides: { x: null, y: null },
    })
  })

  it('stands edge to edge with one beside it, and in line with it', () => {
    const put = snapped(table('1', 0, 0), { x: 3.06, y: 2.1 }, [table('2', 2, 2)])
    expect(put).toEqual({ x: 3, y: 2, guides: { x: 3, y: 2 } })
  })

  it('does not snap to what is out of reach', () => {
    expect(snapped(table('1', 0, 0), { x: 3.3, y: 5 }, [table('2', 2, 2)])).toMatchObject({
      x: 3.3,
      y: 5,
    })
  })

  it('takes the floor of its shape, turned as it stands', () => {
    const found = standing(table('1', 0, 0, { rotation: 90 }))
    expect([found.width, found.depth].map((each) => onGrid(each))).toEqual([0.8, 1])
  })
})

describe('tables side by side', () => {
  const [one, two, far] = [table('1', 1, 1), table('2', 2, 1), table('3', 4, 1)]

  it('stand together where their edges meet', () => {
    expect([together(one, two), together(one, far), together(one, one)]).toEqual([
      true,
      false,
      false,
    ])
    expect(together(one, table('4', 2, 1.8))).toBe(false)
    expect(together(one, table('4', 2, 1, { area: 'bar' }))).toBe(false)
  })

  it('could be joined unless they are', () => {
    expect(couldJoin(one, [one, two, far], []).map((each) => each.id)).toEqual(['2'])
    expect(couldJoin(one, [one, two], [{ tables: ['2', '1'], seats_max: 4 }])).toEqual([])
  })

  it('overlap where they stand on one floor', () => {
    expect([overlap(one, two), overlap(one, table('5', 1.4, 1.2))]).toEqual([false, true])
  })
})

describe('a new table', () => {
  it('gets the number after the last one, with the letters of its area', () => {
    const tables = [table('T1', 0, 0, { area: 'terrace' }), table('T9', 1, 1, { area: 'terrace' })]
    expect(nextId('terrace', tables)).toBe('T10')
    expect(nextId('bar', tables)).toBe('B1')
    expect(nextId('terrace', [...tables, table('T10', 2, 2)])).toBe('T11')
  })

  it('finds a free place', () => {
    const tables = [table('1', 0, 0), table('2', 1.5, 0)]
    const place = freePlace(table('3', 0, 0), tables, boundsOf(tables, []))
    const there = { ...table('3', 0, 0), ...place }
    expect(tables.some((other) => overlap(there, other))).toBe(false)
  })
})

it('moves by arrow keys, a metre with Shift', () => {
  expect([arrow('ArrowLeft', false), arrow('ArrowDown', true), arrow('Enter', false)]).toEqual([
    { x: -0.1, y: 0 },
    { x: 0, y: 1 },
    null,
  ])
})

it('turns within a whole turn', () => {
  expect([turned(350, 15), turned(0, -15)]).toEqual([5, 345])
})

it('keeps joins of a table with another id, and ends those of one that is gone', () => {
  const joins = [{ tables: ['1', '2'], seats_max: 4 }]
  expect(renamedIn(joins, '2', 'B2')).toEqual([{ tables: ['1', 'B2'], seats_max: 4 }])
  expect(renamedIn(joins, '2', null)).toEqual([])
})
