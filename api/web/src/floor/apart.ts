/**
 * Tables of a picture that would overlap, set apart with little movement: pairs along one axis each.
 */
import type { Table } from '../lib/wire'
import { AREA_TITLE, type Axis, at, GAP, max, mean, min, ONE_LINE, type Size } from './measures'

/**
 * `first`: rows that are apart already need not be apart sideways too; the other way round in columns.
 * `aligned`: what stands in one line in the room stays in one line, where there is room for that.
 */
export interface Way {
  first: Axis
  aligned: boolean
}

export interface Spot {
  index: number
  table: Table
  x: number
  y: number
  /** Half of the touch target. */
  halfWidth: number
  halfHeight: number
  top: Size
  /** What its area keeps free around itself. */
  pad: number
}

/**
 * Set apart along one axis, with little movement, what lies side by side on it, from 0 to `room`.
 *
 * Pushing onwards from the start leaves every pair apart, and so does pushing back from the end; of
 * such answers the larger, the smaller and the mean are answers too (the demands are differences). So
 * the mean of both is taken, each kept between all packed at the start and all packed at the end.
 */
export function separate(spots: Spot[], axes: Axis[][], axis: Axis, room: number, way: Way): void {
  const half = axis === 'x' ? 'halfWidth' : 'halfHeight'
  const lines = linesOf(spots, axes, axis, way.aligned)
  const widest = lines.map((line) => max(line.map((spot) => spot[half])))
  const need = lines.map((line, i) =>
    lines.slice(0, i).map((other) => demand(line, other, axes, axis, half)),
  )
  const wished = lines.map((line) => mean(line.map((spot) => spot[axis])))
  const earliest = pushedOn([...widest], need)
  const end = Math.max(room, ...lines.map((_, i) => at(earliest, i) + at(widest, i)))
  const latest = pushedBack(
    widest.map((each) => end - each),
    need,
  )
  const onwards = pushedOn([...wished], need)
  const back = pushedBack([...wished], need)
  lines.forEach((line, i) => {
    const [from, to] = [at(earliest, i), at(latest, i)]
    const place = mean(
      [at(onwards, i), at(back, i)].map((each) => Math.min(Math.max(each, from), to)),
    )
    for (const spot of line) spot[axis] = place
  })
}

/** Tables in one line, line by line; a table by itself where lines would not keep two tables apart. */
function linesOf(spots: Spot[], axes: Axis[][], axis: Axis, aligned: boolean): Spot[][] {
  const lines = new Map<string, Spot[]>()
  for (const spot of spots) {
    const line = `${spot.table.area} ${Math.round(spot.table[axis] / ONE_LINE)}`
    lines.set(line, [...(lines.get(line) ?? []), spot])
  }
  const apart = (line: Spot[]) =>
    line.some((one, i) => line.slice(0, i).some((other) => axisBetween(axes, one, other) === axis))
  const kept = [...lines.values()].flatMap((line) =>
    aligned && !apart(line) ? [line] : line.map((spot) => [spot]),
  )
  const place = (line: Spot[]) => mean(line.map((spot) => spot[axis]))
  return kept.sort((a, b) => place(a) - place(b))
}

function demand(line: Spot[], other: Spot[], axes: Axis[][], axis: Axis, half: Half): number {
  let most = Number.NEGATIVE_INFINITY
  for (const one of line) {
    for (const before of other) {
      if (axisBetween(axes, one, before) === axis) most = Math.max(most, between(one, before, half))
    }
  }
  return most
}

function pushedOn(places: number[], need: number[][]): number[] {
  places.forEach((_, i) => {
    for (let j = 0; j < i; j++) {
      places[i] = Math.max(at(places, i), at(places, j) + at(need[i] ?? [], j))
    }
  })
  return places
}

function pushedBack(places: number[], need: number[][]): number[] {
  for (let i = places.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < places.length; j++) {
      places[i] = Math.min(at(places, i), at(places, j) - at(need[j] ?? [], i))
    }
  }
  return places
}

/**
 * The axis on which two tables are kept apart: that of their areas where those lie beside each other,
 * else one on which the tables are apart already, else the one nearer to it.
 */
export function axisOf(one: Spot, other: Spot, first: Axis, areas: AreaAxes): Axis {
  const ofAreas = areas.get(`${one.table.area} ${other.table.area}`)
  if (ofAreas) return ofAreas
  const across = Math.abs(one.x - other.x) / between(one, other, 'halfWidth')
  const down = Math.abs(one.y - other.y) / between(one, other, 'halfHeight')
  if (first === 'y' && down >= 1) return 'y'
  if (first === 'x' && across >= 1) return 'x'
  return across >= down ? 'x' : 'y'
}

export type AreaAxes = Map<string, Axis>

/** For each two areas the axis on which one lies wholly beside the other; `beside`: across, if it can. */
export function areaAxes(tables: Table[], beside: boolean): AreaAxes {
  const names = [...new Set(tables.map((table) => table.area))]
  const axes: AreaAxes = new Map()
  const ends = (area: string, axis: Axis) => {
    const places = tables.filter((table) => table.area === area).map((table) => table[axis])
    return [min(places), max(places)] as const
  }
  const gap = (a: string, b: string, axis: Axis) => {
    const [[low, high], [from, to]] = [ends(a, axis), ends(b, axis)]
    return Math.max(low - to, from - high)
  }
  for (const a of names) {
    for (const b of names) {
      const [across, down] = [gap(a, b, 'x'), gap(a, b, 'y')]
      if (a === b || Math.max(across, down) <= 0) continue
      axes.set(`${a} ${b}`, across >= down || (beside && across > 0) ? 'x' : 'y')
    }
  }
  return axes
}

function axisBetween(axes: Axis[][], one: Spot, other: Spot): Axis | undefined {
  return axes[Math.max(one.index, other.index)]?.[Math.min(one.index, other.index)]
}

type Half = 'halfWidth' | 'halfHeight'

function between(one: Spot, other: Spot, half: Half): number {
  const apart = one[half] + other[half] + GAP
  if (one.table.area === other.table.area) return apart
  return apart + 2 * one.pad + (half === 'halfHeight' ? AREA_TITLE : 0)
}
