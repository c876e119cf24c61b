/** The tables as the house has drawn them, and as a narrow screen has them: order stays, distances need not. */
import type { Table } from '../lib/wire'
import { type Axis, max, min, ONE_LINE } from './measures'

/** So many tables in one row are drawn in two where the screen is narrow. */
const LONG_ROW = 6
/** No stretch without a table is longer than this, in metres. */
const LONGEST_EMPTY = 1.9

/** A house that has not drawn an area yet has all its tables in one place: they stand in rows. */
export function drawn(tables: Table[]): Table[] {
  const areas = [...new Set(tables.map((table) => table.area))]
  let beside = 0
  return areas.flatMap((area) => {
    const own = tables.filter((table) => table.area === area)
    if (new Set(own.map(({ x, y }) => `${x} ${y}`)).size === own.length) return own
    const columns = Math.ceil(Math.sqrt(own.length * 1.3))
    const left = beside
    beside += columns * 1.6 + 1
    return own.map((table, index) => ({
      ...table,
      x: left + (index % columns) * 1.6,
      y: Math.floor(index / columns) * 1.6,
    }))
  })
}

/** Each area whose tables all stand in one long row has them in so many rows, in their order. */
export function folded(tables: Table[], rows: number): Table[] {
  if (rows < 2) return tables
  const areas = [...new Set(tables.map((table) => table.area))]
  return areas.flatMap((area) => {
    const own = tables.filter((table) => table.area === area)
    const across = inOneLine(own, 'y')
    if (own.length < LONG_ROW || !(across || inOneLine(own, 'x'))) return own
    return fold(own, across ? ['x', 'y'] : ['y', 'x'], rows)
  })
}

function inOneLine(tables: Table[], axis: Axis): boolean {
  const places = tables.map((table) => table[axis])
  return max(places) - min(places) <= ONE_LINE
}

function fold(row: Table[], [along, aside]: [Axis, Axis], rows: number): Table[] {
  const sorted = [...row].sort((a, b) => a[along] - b[along])
  const each = Math.ceil(sorted.length / rows)
  const step = ((sorted.at(-1)?.[along] ?? 0) - (sorted[0]?.[along] ?? 0)) / (sorted.length - 1)
  return sorted.map((table, index) => ({
    ...table,
    [along]: sorted[index % each]?.[along] ?? 0,
    [aside]: table[aside] + Math.floor(index / each) * step,
  }))
}

export function straight(table: Table): Table {
  return { ...table, rotation: Math.ceil(table.rotation / 90 - 0.5) * 90 }
}

export interface Shortened {
  x: (at: number) => number
  y: (at: number) => number
}

/** Where the room is empty for long, shorten it: order and near distances stay. */
export function shortenings(tables: Table[]): Shortened {
  return {
    x: shortening(tables.map((table) => table.x)),
    y: shortening(tables.map((table) => table.y)),
  }
}

function shortening(places: number[]): (at: number) => number {
  const sorted = [...new Set(places)].sort((a, b) => a - b)
  const knots: [number, number][] = []
  for (const place of sorted) {
    const last = knots.at(-1)
    knots.push([place, last ? last[1] + Math.min(place - last[0], LONGEST_EMPTY) : place])
  }
  return (value) => {
    const after = knots.findIndex(([from]) => from >= value)
    const [high, low] = [knots[after], knots[after - 1]]
    if (!high) return (knots.at(-1)?.[1] ?? 0) + Math.min(value - (knots.at(-1)?.[0] ?? 0), 1)
    if (!low) return high[1] - Math.min(high[0] - value, 1)
    return low[1] + ((value - low[0]) / (high[0] - low[0])) * (high[1] - low[1])
  }
}
