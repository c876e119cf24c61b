/** The floor plan in metres: where tables stand, what they snap to, which of them stand together. */
import { footprintOf } from '../../../floor/shapes'
import type { components } from '../../../lib/wire.d'

type Schemas = components['schemas']
export type Table = Schemas['Table']
export type Wall = Schemas['Wall']
export type Join = Schemas['Join']

export interface Point {
  x: number
  y: number
}

export interface Bounds {
  left: number
  top: number
  right: number
  bottom: number
}

/** Tables stand on a grid of so many metres. */
export const STEP = 0.1
/** So near a line through another table, a table snaps to it; metres. */
const PULL = 0.18
/** Edges no further apart than this are of tables that stand together; metres. */
const TOGETHER = 0.12
/** Free floor around the tables of a picture; metres. */
const MARGIN = 1.2
const SMALLEST: Bounds = { left: 0, top: 0, right: 6, bottom: 4 }

/** A length on the grid. */
export function onGrid(metres: number, step = STEP): number {
  return Number((Math.round(metres / step) * step).toFixed(3))
}

/** Width and depth of a table as it stands, turned; metres. */
export function standing(table: Table): { width: number; depth: number } {
  const { width, depth } = footprintOf(table)
  const angle = (table.rotation * Math.PI) / 180
  const [sin, cos] = [Math.abs(Math.sin(angle)), Math.abs(Math.cos(angle))]
  return { width: width * cos + depth * sin, depth: width * sin + depth * cos }
}

/** The rectangle around a table; metres. */
export function boxOf(table: Table): Bounds {
  const { width, depth } = standing(table)
  return {
    left: table.x - width / 2,
    right: table.x + width / 2,
    top: table.y - depth / 2,
    bottom: table.y + depth / 2,
  }
}

/** What the picture shows: tables and walls with free floor around them. */
export function boundsOf(tables: readonly Table[], walls: readonly Wall[]): Bounds {
  const boxes = tables.map(boxOf)
  for (const { x1, y1, x2, y2 } of walls) {
    boxes.push({
      left: Math.min(x1, x2),
      right: Math.max(x1, x2),
      top: Math.min(y1, y2),
      bottom: Math.max(y1, y2),
    })
  }
  if (!boxes.length) return SMALLEST
  return {
    left: Math.min(...boxes.map((box) => box.left)) - MARGIN,
    right: Math.max(...boxes.map((box) => box.right)) + MARGIN,
    top: Math.min(...boxes.map((box) => box.top)) - MARGIN,
    bottom: Math.max(...boxes.map((box) => box.bottom)) + MARGIN,
  }
}

export interface Snapped extends Point {
  /** Lines that it snapped to: `x` of an upright one, `y` of a level one. */
  guides: { x: number | null; y: number | null }
}

/**
 * Where a table comes to stand that is put down at a point: edge to edge with a table beside it, in
 * line with the middle of another, else on the grid.
 */
export function snapped(table: Table, to: Point, others: readonly Table[]): Snapped {
  const { width, depth } = standing(table)
  const across: number[] = []
  const down: number[] = []
  for (const other of others) {
    if (other.id === table.id) continue
    const size = standing(other)
    const beside = Math.abs(to.y - other.y) < (depth + size.depth) / 2
    const below = Math.abs(to.x - other.x) < (width + size.width) / 2
    across.push(other.x)
    down.push(other.y)
    if (beside) across.push(...either(other.x, (width + size.width) / 2))
    if (below) down.push(...either(other.y, (depth + size.depth) / 2))
  }
  const [x, y] = [nearest(to.x, across), nearest(to.y, down)]
  return { x: x ?? onGrid(to.x), y: y ?? onGrid(to.y), guides: { x, y } }
}

function either(middle: number, away: number): number[] {
  return [middle - away, middle + away].map((each) => Number(each.toFixed(3)))
}

function nearest(to: number, lines: readonly number[]): number | null {
  const near = lines.filter((line) => Math.abs(line - to) <= PULL)
  if (!near.length) return null
  return near.reduce((best, each) => (Math.abs(each - to) < Math.abs(best - to) ? each : best))
}

/** Whether two tables stand side by side, so that they can be joined. */
export function together(one: Table, other: Table): boolean {
  if (one.id === other.id || one.area !== other.area) return false
  const [a, b] = [boxOf(one), boxOf(other)]
  const across = Math.max(a.left - b.right, b.left - a.right)
  const down = Math.max(a.top - b.bottom, b.top - a.bottom)
  return Math.max(across, down) <= TOGETHER && Math.min(across, down) < -0.2
}

/** Whether two tables stand on the same floor: they would be drawn one upon the other. */
export function overlap(one: Table, other: Table): boolean {
  const [a, b] = [boxOf(one), boxOf(other)]
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return one.id !== other.id && Math.min(across, down) > 0.05
}

/** The tables that a table was put beside and is not joined with yet. */
export function couldJoin(table: Table, others: readonly Table[], joins: readonly Join[]): Table[] {
  return others.filter((other) => together(table, other) && !joinOf(joins, [table.id, other.id]))
}

/** The join of exactly these tables. */
export function joinOf(joins: readonly Join[], tables: readonly string[]): Join | undefined {
  return joins.find(
    (join) =>
      join.tables.length === tables.length && tables.every((each) => join.tables.includes(each)),
  )
}

/** The guests that tables seat together: as many as each alone. */
export function seatsTogether(tables: readonly Table[]): number {
  return tables.reduce((sum, table) => sum + table.seats_max, 0)
}

/** A free place for a new table: the first on the grid beside those of its area. */
export function freePlace(table: Table, others: readonly Table[], bounds: Bounds): Point {
  const step = 0.5
  for (let y = bounds.top + 1; y <= bounds.bottom + 4; y += step) {
    for (let x = bounds.left + 1; x <= bounds.right - 0.5; x += step) {
      const there = { ...table, x: onGrid(x), y: onGrid(y) }
      if (!others.some((other) => near(there, other))) return { x: there.x, y: there.y }
    }
  }
  return { x: onGrid(bounds.right + 1), y: onGrid(bounds.top + 1) }
}

/** Nearer than guests could sit between. */
function near(one: Table, other: Table): boolean {
  const [a, b] = [boxOf(one), boxOf(other)]
  const across = Math.max(a.left - b.right, b.left - a.right)
  const down = Math.max(a.top - b.bottom, b.top - a.bottom)
  return Math.max(across, down) < 0.5
}

/** The id of a new table: the number after the last one of its area, with the letter they have. */
export function nextId(area: string, tables: readonly Pick<Table, 'id' | 'area'>[]): string {
  const own = tables.filter((table) => table.area === area).map((table) => table.id)
  const parts = own.map((id) => /^(.*?)(\d+)$/.exec(id)).filter((found) => found !== null)
  const letters = parts.at(-1)?.[1] ?? area.charAt(0).toUpperCase()
  const numbers = parts.filter((found) => found[1] === letters).map((found) => Number(found[2]))
  const taken = new Set(tables.map((table) => table.id))
  let number = Math.max(0, ...numbers) + 1
  while (taken.has(`${letters}${number}`)) number += 1
  return `${letters}${number}`
}

/** How far an arrow key moves a table; with Shift a whole metre. */
export function arrow(key: string, far: boolean): Point | null {
  const by = far ? 1 : STEP
  const ways: Record<string, Point> = {
    ArrowLeft: { x: -by, y: 0 },
    ArrowRight: { x: by, y: 0 },
    ArrowUp: { x: 0, y: -by },
    ArrowDown: { x: 0, y: by },
  }
  return ways[key] ?? null
}

/** A rotation in whole degrees from 0 to 359. */
export function turned(rotation: number, by: number): number {
  return (((rotation + by) % 360) + 360) % 360
}

/** The joins as they are after a table has another id, or is gone (`to` null). */
export function renamedIn(joins: readonly Join[], from: string, to: string | null): Join[] {
  if (to === null) return joins.filter((join) => !join.tables.includes(from))
  return joins.map((join) => ({
    ...join,
    tables: join.tables.map((each) => (each === from ? to : each)),
  }))
}
