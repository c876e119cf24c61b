import { describe, expect, test } from 'vitest'
import type { House, Table } from '../lib/wire'
import { type Picture, pictureOf } from './geometry'
import { GAP } from './measures'
import { chairsOf, footprintOf } from './shapes'

function table(id: string, seats: number, x: number, y: number, more: Partial<Table> = {}): Table {
  const plain = { seats_min: 1, features: [], shape: 'rectangle', rotation: 0 } as const
  return {
    id,
    area: 'room',
    seats_max: seats,
    x,
    y,
    width: null,
    depth: null,
    ...plain,
    ...more,
  } as Table
}

function house(tables: Table[], walls: House['walls'] = []): House {
  const names = [...new Set(tables.map((each) => each.area))]
  return { tables, walls, areas: names.map((id) => ({ id, name: id })) } as unknown as House
}

/** Rows as in a big room: twelve tables for two along both walls, fours, sixes and eights between. */
function sixty(): House {
  const rows: [number, number, number, number][] = [
    [2, 12, 1.2, 1.8],
    [4, 12, 4.4, 1.87],
    [4, 12, 7.4, 1.87],
    [6, 8, 10.2, 2.8],
    [8, 4, 12.9, 5.6],
    [2, 12, 15.6, 1.8],
  ]
  return house(
    rows.flatMap(([seats, count, y, step], row) =>
      Array.from({ length: count }, (_, i) => table(`${row}${i}`, seats, 1.6 + i * step, y)),
    ),
  )
}

/** The house of the tests' Friday: five areas, a bar, an oval, some turned and some long tables. */
function fiveAreas(): House {
  const row = (
    area: string,
    ids: string[],
    seats: number,
    [x, y, step]: [number, number, number],
    more: Partial<Table> = {},
  ) => ids.map((id, i) => table(id, seats, x + i * step, y, { area, ...more }))
  const to = (from: number, count: number, letter = '') =>
    Array.from({ length: count }, (_, i) => `${letter}${from + i}`)
  return house([
    ...row('room', to(1, 8), 2, [1.3, 1.2, 1.95]),
    ...row('room', to(11, 8), 4, [1.4, 3.9, 1.95], { shape: 'round' }),
    ...row('room', to(21, 8), 4, [1.4, 6.6, 1.95]),
    ...row('room', to(31, 4), 6, [2.2, 9.4, 3.9], { width: 1.8, depth: 0.9 }),
    ...row('salon', to(41, 4), 2, [18, 6.3, 2.1]),
    ...row('salon', to(45, 2), 4, [18.4, 8.1, 2.4], { rotation: 45 }),
    ...row('salon', to(51, 2), 6, [18.4, 9.9, 3], { shape: 'oval', width: 1.9 }),
    ...row('salon', to(53, 2), 8, [23.3, 8.9, 1.5], { width: 0.9, depth: 2.4 }),
    ...row('bar', to(1, 8, 'B'), 1, [17.8, 2.2, 0.95]),
    ...row('terrace', to(1, 8, 'T'), 2, [1.4, 12.8, 2], { shape: 'round' }),
    ...row('terrace', to(9, 4, 'T'), 4, [2.2, 16, 3.9]),
    ...row('garden', to(1, 2, 'G'), 4, [19, 13.6, 3.4], { shape: 'round', width: 1.2 }),
  ])
}

function closest(picture: Picture): number {
  let least = Number.POSITIVE_INFINITY
  picture.tables.forEach((one, index) => {
    for (const other of picture.tables.slice(index + 1)) {
      const across = Math.abs(one.x - other.x) - (one.width + other.width) / 2
      const down = Math.abs(one.y - other.y) - (one.height + other.height) / 2
      least = Math.min(least, Math.max(across, down))
    }
  })
  return least
}

const SCREENS = [
  { width: 824, height: 590 },
  { width: 688, height: 536 },
  { width: 820, height: 540 },
  { width: 768, height: 420 },
  { width: 390, height: 560 },
]

describe('sixty tables in five areas', () => {
  const TABLETS = [
    { width: 688, height: 464 },
    { width: 768, height: 470 },
  ]
  test.each(TABLETS)('fit $width x $height, each to be touched', (size) => {
    const picture = pictureOf(fiveAreas(), size)
    expect([picture.width, picture.height]).toEqual([size.width, size.height])
    expect(picture.tables).toHaveLength(60)
    const sides = picture.tables.flatMap((each) => [each.width, each.height])
    expect(Math.min(...sides)).toBeGreaterThanOrEqual(48)
    expect(closest(picture)).toBeGreaterThanOrEqual(GAP - 0.01)
    for (const { x, y, width, height } of picture.tables) {
      expect(x - width / 2).toBeGreaterThanOrEqual(0)
      expect(y - height / 2).toBeGreaterThanOrEqual(0)
      expect(x + width / 2).toBeLessThanOrEqual(size.width)
      expect(y + height / 2).toBeLessThanOrEqual(size.height)
    }
  })

  test('are as long and as turned as they are where there is room', () => {
    const { tables } = pictureOf(fiveAreas(), { width: 1300, height: 800 })
    expect(tables.find((each) => each.id === '45')?.rotation).toBe(45)
    const bar = tables.filter((each) => each.id.startsWith('B'))
    expect(new Set(bar.map((each) => each.y)).size).toBe(1)
  })
})

describe('sixty tables', () => {
  test.each(SCREENS)('can all be touched at $width x $height', (size) => {
    const picture = pictureOf(sixty(), size)
    expect(picture.tables).toHaveLength(60)
    expect(
      Math.min(...picture.tables.map((each) => Math.min(each.width, each.height))),
    ).toBeGreaterThanOrEqual(48)
    expect(closest(picture)).toBeGreaterThanOrEqual(GAP - 0.01)
  })

  test('lie in one screen of a tablet, whichever way it is held', () => {
    for (const size of SCREENS.slice(0, 3)) {
      const picture = pictureOf(sixty(), size)
      expect([picture.width, picture.height]).toEqual([size.width, size.height])
    }
  })

  test('keep their order along each row and from row to row', () => {
    const { tables } = pictureOf(sixty(), { width: 688, height: 536 })
    const at = new Map(tables.map((each) => [each.id, each]))
    for (let i = 1; i < 12; i++) {
      expect(at.get(`0${i}`)?.x).toBeGreaterThan(at.get(`0${i - 1}`)?.x ?? 0)
    }
    expect(at.get('10')?.y).toBeGreaterThan(at.get('00')?.y ?? 0)
  })
})

test('a room of a few tables has all it needs to say on each', () => {
  const few = house([table('1', 2, 0, 0), table('2', 4, 2, 0), table('3', 6, 1, 3)])
  const picture = pictureOf(few, { width: 800, height: 600 })
  expect(picture.tables.map((each) => each.detail)).toEqual(['full', 'full', 'full'])
})

test('areas do not lie on one another, though their tables nearly touch', () => {
  const two = house([
    table('1', 2, 0, 0),
    table('2', 2, 0, 1.5),
    table('t1', 2, 0, 2.6, { area: 'terrace' }),
    table('b1', 1, 2, 0, { area: 'bar' }),
  ])
  const { areas } = pictureOf(two, { width: 600, height: 600 })
  const [room, terrace, bar] = areas
  expect(terrace?.y).toBeGreaterThan((room?.y ?? 0) + (room?.height ?? 0))
  expect(bar?.x).toBeGreaterThan((room?.x ?? 0) + (room?.width ?? 0))
})

test('a hall far away is brought near', () => {
  const far = house([
    table('1', 4, 0, 0),
    table('2', 4, 1.5, 0),
    table('3', 4, 60, 0, { area: 'hall' }),
  ])
  const { tables } = pictureOf(far, { width: 700, height: 500 })
  expect(tables.every((each) => each.detail === 'full')).toBe(true)
})

test('tables in one row of the room are in one row of the picture', () => {
  const bistro = house([
    ...[0, 1.5, 3, 4.5].map((x, i) => table(`T${i}`, 2, x, 2, { area: 'terrace' })),
    table('T4', 4, 0.7, 0, { area: 'terrace' }),
    ...[0, 1.5, 3, 4.5].map((x, i) => table(`${i}`, 4, x, 5)),
    table('5', 6, 3, 7),
  ])
  const { tables } = pictureOf(bistro, { width: 800, height: 560 })
  expect(
    new Set(tables.filter((each) => /^T[0-3]$/.test(each.id)).map((each) => each.y)).size,
  ).toBe(1)
})

test('a house that has drawn nothing yet has its tables in rows', () => {
  const plain = house(Array.from({ length: 20 }, (_, i) => table(`${i}`, 4, 0, 0)))
  const picture = pictureOf(plain, { width: 800, height: 600 })
  expect(closest(picture)).toBeGreaterThanOrEqual(GAP - 0.01)
  expect(new Set(picture.tables.map((each) => Math.round(each.y))).size).toBe(4)
})

test('one area fills the picture by itself', () => {
  const two = house([table('1', 4, 0, 0), table('b1', 1, 9, 0, { area: 'bar' })])
  expect(pictureOf(two, { width: 500, height: 500 }, 'bar').tables.map((each) => each.id)).toEqual([
    'b1',
  ])
})

test('a bar stool is touched as easily as a table', () => {
  const bar = house(Array.from({ length: 8 }, (_, i) => table(`${i}`, 1, 0, i * 0.7)))
  const picture = pictureOf(bar, { width: 200, height: 400 })
  expect(Math.min(...picture.tables.map((each) => each.height))).toBeGreaterThanOrEqual(48)
  expect(closest(picture)).toBeGreaterThanOrEqual(GAP - 0.01)
})

test('a long bar stands in two rows, in its order, where it would have to be scrolled', () => {
  const bar = house(Array.from({ length: 8 }, (_, i) => table(`${i}`, 1, 0, i * 0.7)))
  const { tables, height } = pictureOf(bar, { width: 200, height: 400 })
  expect(height).toBe(400)
  const at = new Map(tables.map((each) => [each.id, each]))
  expect(at.get('4')?.y).toBe(at.get('0')?.y)
  expect(at.get('4')?.x).toBeGreaterThan(at.get('0')?.x ?? 0)
  const tall = pictureOf(bar, { width: 200, height: 600 }).tables
  expect(new Set(tall.map((each) => each.x)).size).toBe(1)
})

test('a turned table takes the room that its corners need', () => {
  const turned = house([table('1', 6, 0, 0, { width: 2, depth: 0.8, rotation: 90 })])
  const [only] = pictureOf(turned, { width: 600, height: 600 }).tables
  expect(only?.height).toBeGreaterThan((only?.width ?? 0) * 1.3)
})

test('a wall between two areas is above the name of the one behind it', () => {
  const wall = { id: 'w', x1: 16.5, y1: 5.2, x2: 25.5, y2: 5.2, kind: 'wall' } as const
  const picture = pictureOf(house(fiveAreas().tables, [wall]), { width: 688, height: 500 })
  const [line] = picture.lines
  const [bar, salon] = ['bar', 'salon'].map((id) => picture.areas.find((each) => each.id === id))
  expect(line?.y1).toBeLessThanOrEqual((salon?.y ?? 0) + 1)
  expect(line?.y1).toBeGreaterThan((bar?.y ?? 0) + (bar?.height ?? 0) - 1)
})

test('walls and doors go where the tables beside them went', () => {
  const wall = { id: 'w', x1: -1, y1: -1, x2: 40, y2: -1, kind: 'wall' } as const
  const far = house([table('1', 4, 0, 0), table('2', 4, 40, 0)], [wall])
  const picture = pictureOf(far, { width: 600, height: 400 })
  const [line] = picture.lines
  expect(line?.x2).toBeLessThan(picture.width)
  expect(line?.y1).toBeLessThan(picture.tables[0]?.y ?? 0)
})

test('a house without tables is an empty picture', () => {
  expect(pictureOf(house([]), { width: 100, height: 100 }).tables).toEqual([])
})

test.each(['rectangle', 'round', 'oval'] as const)(
  'every seat of a %s table has a chair',
  (shape) => {
    for (const seats of [2, 3, 4, 5, 6, 8, 10, 14]) {
      const one = table('1', seats, 0, 0, { shape })
      const { width, depth } = footprintOf(one)
      const chairs = chairsOf(one, { width: width * 80, height: depth * 80 }, 6)
      expect(chairs).toHaveLength(seats)
      expect(new Set(chairs.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`)).size).toBe(
        seats,
      )
    }
  },
)
